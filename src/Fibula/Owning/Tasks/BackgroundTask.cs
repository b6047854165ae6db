using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// The handle of a task that a <see cref="TaskScope"/> owns: await it, watch it, cancel it, or let it go; it is held until it ends.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread. <see cref="StateChanged"/> and <see cref="PropertyChanged"/> are raised on the UI thread.</para>
/// <para><b>Cancellation.</b> <see cref="Cancel"/> signals the task's token and the tokens of its children; the task ends when its work does.</para>
/// <para><b>Errors.</b> What the work throws comes out of the <c>await</c>. Where nobody awaits, <see cref="TaskScope.Faulted"/> tells it.</para>
/// <para>There is no blocking member: waiting on the UI thread for work that needs the UI thread is a deadlock. Await it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#handle">
/// BackgroundTask export = this.Tasks.Run(ExportAsync);        // the window holds it, whatever becomes of the handle
/// export.StateChanged += (_, state) => _status.Text = $"Export: {state}";
/// _stop.Click += (_, _) => export.Cancel();
/// </code>
/// </example>
public class BackgroundTask : INotifyPropertyChanged, IProgressSink
{
    private static readonly ClosePolicy ForeignPolicy = ClosePolicy.Finish(TimeSpan.FromSeconds(1));

    private readonly CallSite _site;
    private TaskNode _node;
    private TaskAwaiters _awaiters;

    internal BackgroundTask(TaskScope scope, Delegate? work, TaskOptions? options, CallSite site)
    {
        _site = site.Named(options?.Name).Of(work);
        _node.Scope = scope;
        _node.Body = work;
        _node.Extras = TaskExtras.From(options);
    }

    /// <summary>Raised on the UI thread after every change of <see cref="State"/>, in order: the old state, then the new one.</summary>
    public event Action<BackgroundTaskState, BackgroundTaskState>? StateChanged
    {
        add => Events.AddStateChanged(value);
        remove => Events.RemoveStateChanged(value);
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged
    {
        add => Events.AddPropertyChanged(value);
        remove => Events.RemovePropertyChanged(value);
    }

    /// <summary>The name people see.</summary>
    /// <value>Default: the method that is run (<c>LoadAsync</c>), also where it was passed in a variable; of a lambda, the member it is written in (<c>MainWindow.Save_Click</c>).</value>
    public string Name => _site.Name;

    /// <summary>Where the task stands now. Set before any awaiter resumes.</summary>
    public BackgroundTaskState State => Tree.Requests.IsAny && Tree.RequestFor(this) is not null ? BackgroundTaskState.Canceling : _node.State;

    /// <summary>True once the task has succeeded, faulted or been canceled.</summary>
    public bool IsCompleted => _node.IsCompleted;

    /// <summary>Why the task was told to cancel, or why the handle that ended it was; null while nobody asked. Kept when it succeeds nevertheless.</summary>
    public CancelReason? CancelReason
    {
        get
        {
            // In this order: a request that has come meanwhile has left its reason.
            CancelReason? onItsWay = Volatile.Read(ref _node.Reason) is null && Tree.Requests.IsAny ? Tree.RequestFor(this)?.Reason : null;
            return Volatile.Read(ref _node.Reason) ?? onItsWay;
        }
    }

    /// <summary>The latest progress the work has reported.</summary>
    public TaskProgress Progress => ProgressAt(_node.Progress is null ? 0 : Tree.Now());

    /// <summary>The time since the task was started, and how long it took once it has ended; exact to a few milliseconds.</summary>
    public TimeSpan Elapsed => _node.ElapsedAt(IsCompleted ? 0 : Tree.Now());

    /// <summary>The scope that owns the task. A survivor of a closed scope belongs to the app's root.</summary>
    public TaskScope Scope => _node.Scope;

    internal CallSite Site => _site;

    internal TaskTree Tree => _node.Scope.Tree;

    /// <summary>The latest progress at a moment that was read before a gate was taken.</summary>
    internal TaskProgress ProgressAt(long now) => _node.Progress?.LatestAt(now) ?? TaskProgress.None;

    /// <summary>The time since the start, or up to the end, at such a moment.</summary>
    internal TimeSpan ElapsedAt(long now) => _node.ElapsedAt(now);

    /// <summary>Tells the task to cancel. It ends when its work has reacted; one that has not begun never begins.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>Does nothing to a task that has ended. Asked twice, the first reason stays. What token callbacks throw is a fault, and does not come out here.</remarks>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        string by = CallSite.MemberName(member, file);
        RequestCancel(Tree.NewReason(by, reason ?? $"{by} canceled '{Name}'."));
    }

    /// <summary>Gives the task to another scope, with the children it has there: from this moment on it is that one which tells it, waits for it and hears of
    /// its fault. "Keep running" of a window that closes: <c>task.MoveTo(app.Tasks)</c>.</summary>
    /// <param name="scope">The new owner, of the same app.</param>
    /// <returns>False, and nothing has changed, where the task has ended or was told to cancel, or the scope is closing or closed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The scope belongs to another app or loop; the task is part of another one, or a child of a group, and moves with
    /// that; or it is still starting (<see cref="TaskStarter.StartAsync{T}(Func{TaskContext, Action{T}, Task}, TaskOptions, CancellationToken, string, string, string, int)"/>).</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#move">
    /// _keepRunning.Click += (_, _) => export.MoveTo(app.Tasks);      // goes on when this window is closed
    /// </code>
    /// </example>
    public bool MoveTo(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ThrowIfBound(scope);
        var advance = new List<ScopeClose>();
        if (!Tree.Move(this, scope, advance))
        {
            return false;
        }

        Tree.NotifyChanged();
        advance.ForEach(static closing => closing.Advance());
        return true;
    }

    /// <summary>Says in one sentence where the task stands: since when, who asked it to cancel, and what it waits for.</summary>
    /// <returns>A sentence in English. What the task waits for is named where it is known, in this order: another owned task; a wait of Fibula's; the innermost
    /// <c>async</c> method that the runtime lets us see; else "something outside Fibula".</returns>
    /// <remarks>Any thread. It looks into the work by reflection where nothing else is known: for people who ask, not for a list that is drawn all the time.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#explain">
    /// // 'Load' in 'Main' was told to cancel 2.0 s ago by MainWindow.Close and waits in 'Prices.DownloadAsync'.
    /// app.Tasks.Unresponsive += task => log.WriteLine(task.Explain());
    /// </code>
    /// </example>
    public string Explain() => TaskExplainer.Explain(this);

    /// <summary>Returns a <see cref="Task"/> that ends as this task does, for code that wants one. The task then counts as observed, unless the calling task would wait for itself.</summary>
    /// <returns>A task: a fault is its exception, a cancellation makes it canceled with a <see cref="BackgroundTaskCanceledException"/>, and a wait
    /// of the calling task for itself makes it faulted with an <see cref="InvalidOperationException"/> that names the cycle.</returns>
    public Task AsTask() => WaitForEndAsync();

    /// <summary>Makes the handle awaitable. Used by <c>await</c>, which counts as observing the task unless it is refused.</summary>
    public BackgroundTaskAwaiter GetAwaiter() => new(this, continueOnCapturedContext: true);

    /// <summary>Chooses whether an <c>await</c> resumes on the context it was made on.</summary>
    /// <param name="continueOnCapturedContext">False to resume wherever the task ended.</param>
    /// <returns>What to await.</returns>
    public ConfiguredBackgroundTask ConfigureAwait(bool continueOnCapturedContext) => new(this, continueOnCapturedContext);

    /// <summary>Returns the name and the state, for a debugger or a log.</summary>
    public override string ToString() => Printable.Line($"{Name}: {State}");

    // An async method, because only its builder makes a canceled Task that keeps the exception and its reason.
    private async Task WaitForEndAsync() => await new ConfiguredBackgroundTask(this, continueOnCapturedContext: false);

    internal ref TaskNode Node => ref _node;

    internal ref TaskAwaiters Awaiters => ref _awaiters;

    /// <summary>A number that no other task of the app has.</summary>
    internal int Id => _node.Id;

    /// <summary>A scope has taken it in.</summary>
    internal bool IsTakenIn => _node.Ambient is not null;

    internal bool IsCancelRequested => Volatile.Read(ref _node.Reason) is not null;

    /// <summary>What the work waits for, see <see cref="TaskNode"/>.</summary>
    internal object? WaitsFor
    {
        get => _node.WaitsFor;
        set => _node.WaitsFor = value;
    }

    internal ClosePolicy Policy => _node.Extras?.OnClose ?? (_site.IsDropped ? ClosePolicy.Abandon : CannotBeCanceled ? ForeignPolicy : ClosePolicy.Cancel);

    /// <summary>What of it decides how a close treats it.</summary>
    internal CloseTerms CloseTerms => new()
    {
        FinishWithin = Policy.FinishWithin,
        IsAbandoned = Policy.IsAbandon,
        IsBetweenRuns = IsBetweenRuns,
        CannotBeCanceled = CannotBeCanceled,
        IsShielded = IsShielded,
    };

    /// <summary>Who keeps count of the task; null for nobody, and once that was told of the end.</summary>
    internal virtual ITaskObserver? Observer => null;

    /// <summary>How long a close leaves the task, or whatever it stands for, alone at most.</summary>
    internal virtual TimeSpan TimeToFinish => Policy.FinishWithin;

    /// <summary>How long it may rightly go on after it was told.</summary>
    internal virtual TimeSpan TimeAfterRequest => TimeSpan.Zero;

    /// <summary>Somebody else has started it. A call that its caller has dropped is one: there may be many, so that this takes no <see cref="TaskExtras"/>.</summary>
    internal bool IsForeign => _site.IsDropped || _node.Extras is { IsForeign: true };

    /// <summary>An owned foreign task without a way to tell it: nothing to wait for once its time is over.</summary>
    internal bool CannotBeCanceled => _site.IsDropped || _node.Extras is { IsForeign: true, CancelCallback: null };

    /// <summary>The task that ends only after this one.</summary>
    internal BackgroundTask? Parent => _node.Parent;

    /// <summary>The live task in whose flow this one was started.</summary>
    internal BackgroundTask? Starter => _node.Starter?.Task;

    /// <summary>The nearest shield around the task, which may be the task itself.</summary>
    internal BackgroundTask? Shield => _node.Extras?.Shield;

    internal bool IsShield => _node.Extras is { IsShield: true };

    internal bool IsGroup => _node.Extras is { Group: not null };

    /// <summary>The task is inside a shield that still holds.</summary>
    internal bool IsShielded
    {
        get
        {
            BackgroundTask? shield = Shield;
            while (shield is { IsCancelRequested: true })
            {
                shield = shield.Parent?.Shield;
            }

            return shield is not null;
        }
    }

    /// <summary>A survivor or an abandoned task: its scope is closed, the root lists it.</summary>
    internal bool IsLeftBehind => _node.Extras?.LeftScopeName is not null;

    /// <summary>The name of the scope the task was started in: for those left behind not that of the root, which says nothing.</summary>
    internal string HomeName => _node.Extras?.LeftScopeName ?? Scope.Name;

    /// <summary>Repeated work that waits for its next run: a close has nothing to wait for, and nothing to ask about.</summary>
    internal bool IsBetweenRuns => _node.Extras is { IsBetweenRuns: true };

    /// <summary>The user is to be asked about it when its scope closes.</summary>
    internal bool IsToBeAskedAbout => Policy.IsAsk && !IsCancelRequested && !IsBetweenRuns;

    /// <summary>The window that owns it waits for its end before it closes.</summary>
    internal bool HoldsWindow => !Policy.IsAbandon && !IsBetweenRuns;

    /// <summary>The token of the work, made when it is first read.</summary>
    internal CancellationToken Token
    {
        get
        {
            ReceiveRequest();
            return Tree.TokenOf(this);
        }
    }

    /// <summary>What an awaiter gets: the fault or the cancellation; null when the task has succeeded. Read after the end only.</summary>
    internal Exception? Error =>
        _node.State == BackgroundTaskState.Canceled ? new BackgroundTaskCanceledException(_node.Reason!.Message, _node.Reason) : _node.Error;

    /// <summary>Made by the first report; that of a task that has ended takes none.</summary>
    internal ProgressState ProgressState => _node.Progress ?? Tree.ProgressOf(this);

    private TaskEvents Events => _node.Events ?? Interlocked.CompareExchange(ref _node.Events, new TaskEvents(this), null) ?? _node.Events;

    /// <summary>Stands for a task that somebody else has started. Before a scope takes it in: from then on it may be told to cancel.</summary>
    internal void Adopt(Action? cancel)
    {
        TaskExtras extras = _node.NeedExtras();
        extras.IsForeign = true;
        extras.CancelCallback = cancel;
    }

    /// <summary>After the end, before it is raised and before an awaiter goes on.</summary>
    internal void FlushProgress() => _node.Progress?.Flush();

    internal void MarkObserved() => _node.IsObserved = true;

    /// <summary>Completes at the end, never with an error. Null once the task has ended.</summary>
    internal Task? EndSignal() => IsCompleted ? null : _awaiters.EndSignal();

    internal void PostEvents(bool hasEvents)
    {
        if (hasEvents)
        {
            _node.Events!.Post();
        }
    }

    /// <summary>For a task that no scope took in: it ends without having begun.</summary>
    internal void Refuse(CancelReason reason)
    {
        _node.StartedAt = _node.EndedAt = Tree.Now();
        _node.Reason = reason;
        _node.Body = null;
        _node.Extras?.Leave();
        _node.State = BackgroundTaskState.Canceled;
    }

    /// <summary>Requests the cancellation of the task and its children, whatever their close policy. Does nothing if it has ended or was asked before.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="within">Only if it still belongs to this scope or its descendants: it may just be moving. Null in any case.</param>
    internal void RequestCancel(CancelReason reason, TaskScope? within = null) => TaskEffectRunner.RequestCancel([this], reason, within, skipsShields: false);

    /// <summary>On whatever thread its work looks: a request that is on its way arrives now. Nothing of the work goes on without it.</summary>
    internal void ReceiveRequest()
    {
        if (Tree.Requests.IsAny)
        {
            Tree.RequestFor(this)?.RequestCancel(this);
        }
    }

    /// <summary>What the task waits for, without a look into the work.</summary>
    /// <param name="known">What it waits for through Fibula; null where it does not.</param>
    internal virtual string DescribeWait(string? known) => known ?? "something outside Fibula";

    /// <summary>Takes the result of the work.</summary>
    internal virtual void TakeResult(Task body)
    {
    }

    /// <summary>Runs work that returns no task.</summary>
    internal virtual Task CallBlocking(object work)
    {
        if (work is Action<TaskContext> withContext)
        {
            withContext(new TaskContext(this));
        }
        else
        {
            ((Action)work)();
        }

        return Task.CompletedTask;
    }

    /// <summary>For the structs that <c>await</c> uses, which a program may also make by <c>default</c>.</summary>
    internal static InvalidOperationException NoTask() =>
        new("This value was made by 'default' and belongs to no task. Take it from a BackgroundTask or a TaskContext.");

    private void ThrowIfBound(TaskScope scope)
    {
        if (scope.Tree != Tree)
        {
            throw new InvalidOperationException(
                $"'{Name}' cannot move to '{scope.Name}', which belongs to another app or loop. Start it there instead.");
        }

        if (_node.IsPart)
        {
            throw new InvalidOperationException($"'{Name}' belongs to '{Parent?.Name}' and moves with it only. Move that.");
        }

        if (_node.IsBound)
        {
            throw new InvalidOperationException($"'{Name}' is not ready yet. Await StartAsync, then move it.");
        }
    }

    long IProgressSink.Now => Tree.Now();

    bool IProgressSink.IsOnUiThread => Tree.Loop?.CheckAccess() == true;

    bool IProgressSink.Record() => _node.Events?.RecordProgress() ?? false;

    void IProgressSink.Tell(bool isNews)
    {
        PostEvents(isNews);
        Tree.NotifyChanged();
    }

    void IProgressSink.Dispatch(SendOrPostCallback callback, object state) => Tree.DispatchInOrder(callback, state);

    void IProgressSink.Call<T>(Action<T> handler, T value)
    {
        if (Tree.Loop is { HasEnded: false } loop && !IsLeftBehind && !Scope.IsClosed)
        {
            Subscriber.Invoke(
                loop, static call => call.handler(call.value), (handler, value, task: this), static call => $"the progress of '{call.task.Name}'");
        }
    }
}
