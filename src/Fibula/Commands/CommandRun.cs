using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>One run of a command, from its call to its end.</summary>
internal sealed class CommandRun : ITaskObserver
{
    // Delayed ──time over──► Waiting ──has a slot──► Started ──ended──► gone
    //    └─────canceled────────┴────────────────────────────────────────► gone
    //
    // The limit's gate guards IsReleased, and in which lists it is. The task's own state is its tree's.
    private readonly QueuedStart _start;
    private ITimer? _timer;

    public CommandRun(TaskCommandBase command, BackgroundTask task)
    {
        Command = command;
        Task = task;
        InCommand = new LinkedListNode<CommandRun>(this);
        InLimit = new LinkedListNode<CommandRun>(this);
        _start = new QueuedStart(task, ExecutionContext.Capture(), onPool: false);
        task.BecomeObserved(this);
    }

    public TaskCommandBase Command { get; }

    public BackgroundTask Task { get; }

    /// <summary>Its place in one of the lists of its command.</summary>
    public LinkedListNode<CommandRun> InCommand { get; }

    /// <summary>Its place among those that use the limit up, or among those that wait for it.</summary>
    public LinkedListNode<CommandRun> InLimit { get; }

    /// <summary>The work has taken its first step.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>It waits, and everybody has been told of it.</summary>
    public bool IsReleased { get; set; }

    /// <inheritdoc/>
    public BackgroundTask[] TasksInTheWay => Command.Limit.InTheWayOf(this);

    /// <summary>Lets some time pass before the policy is asked.</summary>
    public void Delay(TimeSpan delay)
    {
        if (EndsIfTold())
        {
            return;
        }

        Task.WaitsFor = $"its delay of {delay.TotalSeconds:0.###} s";
        _timer = LongTimer.Create(
            Task.Tree.TimeProvider,
            static run => ((CommandRun)run!).Task.Tree.DispatchInOrder(static run => ((CommandRun)run!).Command.Timing.OnTimeOver((CommandRun)run), run),
            this,
            delay);
        if (Task.IsCompleted)
        {
            _timer.Dispose();
        }
    }

    /// <summary>It would have to wait. Where it was told to cancel as its scope took it in, nobody tells it again, and it ends as one that is told while it waits.</summary>
    public bool EndsIfTold()
    {
        bool isTold = Task.IsTold;
        if (isTold)
        {
            Task.EndBeforeFirstStep();
        }

        return isTold;
    }

    /// <summary>It has a slot: begins, at once where the calling thread is the UI thread.</summary>
    public void Begin()
    {
        if (Task.CanBeginHere && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            var callersFlow = ExecutionContext.Capture();
            _start.Run(resumeInline: false);
            if (callersFlow is not null)
            {
                ExecutionContext.Restore(callersFlow);
            }
        }
        else
        {
            Task.Tree.DispatchInOrder(static start => ((QueuedStart)start!).Run(), _start);
        }
    }

    /// <inheritdoc/>
    public void OnBegun()
    {
        HasBegun = true;
        Command.View.OnBegun(Task);
        Command.View.NotifyChanged();
    }

    /// <inheritdoc/>
    public void BecomeCanceling() => Command.Limit.BecomeCanceling(this);

    /// <inheritdoc/>
    public void OnTold() => Command.Limit.OnTold(this);

    /// <inheritdoc/>
    public void BecomeEnded() => Command.Limit.Remove(this);

    /// <inheritdoc/>
    public void OnEnded()
    {
        _timer?.Dispose();
        if (HasBegun)
        {
            Command.View.OnEnded(Task);
        }

        Command.Timing.Forget(this);
        Command.Limit.OnEnded();
    }
}
