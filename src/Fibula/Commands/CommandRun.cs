using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>A run of a command, from its call to its end: a task that knows its command.</summary>
internal sealed class CommandRun : BackgroundTask, ITaskObserver, IQueuedRun
{
    // Delayed ──time over──► Waiting ──has a slot──► Started ──ended──► gone
    //    └─────canceled────────┴────────────────────────────────────────► gone
    //
    // The limit's gate guards MayBegin and the lists that contain it. The task's own state belongs to its tree. Programs may keep a handle for long: at its end it releases
    // the command, and before that the caller's context.
    private volatile TaskCommandBase? _command;
    private ExecutionContext? _flow = ExecutionContext.Capture();
    private ITimer? _timer;
    private IntrusiveList<CommandRun>.Link _inCommand;
    private IntrusiveList<CommandRun>.Link _inLimit;

    public CommandRun(TaskCommandBase command, TaskScope scope, Delegate work, CallSite site)
        : base(scope.Node, work, command.Options, site)
    {
        _command = command;
    }

    /// <summary>Its command; null once it has ended, and is in no list.</summary>
    public TaskCommandBase? Command => _command;

    /// <summary>Its place in one of the lists of its command.</summary>
    public ref IntrusiveList<CommandRun>.Link InCommand => ref _inCommand;

    /// <summary>Its place among those that use the limit up, or among those that wait for it.</summary>
    public ref IntrusiveList<CommandRun>.Link InLimit => ref _inLimit;

    /// <summary>Whether the work has begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether it may begin: all have been notified that it waits.</summary>
    public bool MayBegin { get; set; }

    /// <inheritdoc/>
    public ITaskNode[] TasksInTheWay => _command?.Limit.InTheWayOf(this) ?? [];

    private protected override ITaskObserver? Observer => _command is null ? null : this;

    /// <summary>Somebody asks the run to cancel.</summary>
    public void RequestCancel(CancelReason reason) => TaskEffectRunner.RequestCancel(this, reason);

    /// <summary>Waits before the policy decides.</summary>
    public void Delay(TimeSpan delay)
    {
        if (EndsIfCanceled())
        {
            return;
        }

        Node.WaitsFor = new WaitReason($"its delay of {Durations.Text(delay)}");
        ITimer timer = LongTimer.Create(
            this.Tree.TimeProvider,
            static run => ((CommandRun)run!).Tree.DispatchInOrder(static run => ((CommandRun)run!).OnTimeOver(), run),
            this,
            delay);

        // Its end, on any thread, comes before this or finds the timer.
        Interlocked.Exchange(ref _timer, timer);
        if (IsCompleted)
        {
            LetGoOfTimer();
        }
    }

    /// <summary>Ends a run that would have to wait if its scope admitted it as canceled: it gets no other request.</summary>
    public bool EndsIfCanceled()
    {
        bool isCanceled = Node.IsCancelRequested;
        if (isCanceled)
        {
            TaskEffectRunner.EndUnbegun(this);
        }

        return isCanceled;
    }

    /// <summary>Begins the run, which has a slot: immediately if the calling thread is the UI thread.</summary>
    public void Begin()
    {
        if (TaskRun.CanBeginHere(this) && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            var callersFlow = ExecutionContext.Capture();
            BeginInItsFlow(resumeInline: false);
            if (callersFlow is not null)
            {
                ExecutionContext.Restore(callersFlow);
            }
        }
        else
        {
            this.Tree.DispatchInOrder(static run => ((CommandRun)run!).BeginInItsFlow(resumeInline: true), this);
        }
    }

    /// <inheritdoc/>
    public void OnBegun()
    {
        HasBegun = true;
        _command?.View.OnBegun(this);
        _command?.View.NotifyChanged();
    }

    /// <inheritdoc/>
    public void BecomeCanceling() => _command?.Limit.BecomeCanceling(this);

    /// <inheritdoc/>
    public void OnCancelRequested()
    {
        if (_command is { } command)
        {
            command.Limit.OnCancelRequested(command);
        }
    }

    /// <inheritdoc/>
    public void BecomeEnded() => _command?.Limit.Remove(this);

    /// <inheritdoc/>
    public void OnEnded()
    {
        TaskCommandBase command = _command!;
        LetGo();
        if (HasBegun)
        {
            command.View.OnEnded(this);
        }

        command.Timing.Forget(this);
        command.Limit.OnEnded(command);
    }

    /// <summary>Releases the command, after the end or a refusal.</summary>
    public void LetGo()
    {
        LetGoOfTimer();
        (_flow, _command) = (null, null);
    }

    private void LetGoOfTimer() => Interlocked.Exchange(ref _timer, null)?.Dispose();

    private void OnTimeOver() => _command?.Timing.OnTimeOver(this);

    // The turn, or the caller, restores its own context afterwards.
    private void BeginInItsFlow(bool resumeInline)
    {
        if (_flow is { } flow)
        {
            _flow = null;
            ExecutionContext.Restore(flow);
        }

        TaskRun.BeginFromQueue(this, this.Tree.Loop?.Context, resumeInline);
    }
}
