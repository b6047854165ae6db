namespace Fibula;

/// <content>How a task lives: the transitions, and what holds it.</content>
public partial class BackgroundTask
{
    //                 Begin              Tell                      Settle, children ended
    //       Queued ─────────► Running ─────────► Canceling ──────────────► Succeeded | Faulted | Canceled
    //          │ Tell              └──────────── Settle, children ended ──────────►
    //          └────────► Canceled
    //
    // The tree's gate guards every field below, though single ones are also read without it. The end has two halves: the body ends (SettleUnderGate), and
    // the task ends when its last child has (EndUnderGate). In the second half it lets go of all that belongs to the work.
    private static readonly ClosePolicy ForeignPolicy = ClosePolicy.Finish(TimeSpan.FromSeconds(1));

    private TaskScope _scope;
    private volatile BackgroundTaskState _state;
    private BackgroundTaskState _outcome;
    private bool _isBodyEnded;
    private bool _isObserved;

    // Asked to cancel by a call, a failing group or a deadline, which reaches the children, and not only by a close.
    private bool _isCancelExplicit;

    private CancelReason? _reason;
    private Exception? _error;
    private long _startedAt;
    private long _endedAt;

    // The work (a delegate) until the first step, then the Task it returned: what keeps the state machine alive.
    private object? _body;
    private AmbientTask? _ambient;
    private AmbientTask? _starter;
    private TaskRelations? _relations;
    private CancellationTokenSource? _tokenSource;

    // Who awaits the handle: the first that resumes on the loop, and the signal of all others.
    private Action? _continuation;
    private TaskCompletionSource? _ended;
    private TaskEvents? _events;
    private ProgressState? _progress;

    /// <summary>Neighbours in the list of the scope; only <see cref="TaskList"/> touches them.</summary>
    internal BackgroundTask? Next { get; set; }

    internal BackgroundTask? Previous { get; set; }

    /// <summary>A number that no other task of the app has.</summary>
    internal int Id { get; private set; }

    /// <summary>A scope has taken it in.</summary>
    internal bool IsTakenIn => _ambient is not null;

    internal bool IsTold => Volatile.Read(ref _reason) is not null;

    /// <summary>What the work waits for, as far as it waits through Fibula: another task, by its box, which is empty once that has ended; or a text.</summary>
    internal object? WaitsFor { get; set; }

    internal ClosePolicy Policy => _relations?.OnClose ?? (IsForgotten ? ClosePolicy.Abandon : CannotBeTold ? ForeignPolicy : ClosePolicy.Cancel);

    /// <summary>What of it decides how a close treats it.</summary>
    internal CloseTerms CloseTerms => new()
    {
        FinishWithin = Policy.FinishWithin,
        IsAbandoned = Policy.IsAbandon,
        IsBetweenRuns = IsBetweenRuns,
        CannotBeCanceled = CannotBeTold,
        IsShielded = IsShielded,
    };

    /// <summary>Who keeps count of the task; null for nobody, and once that was told of the end.</summary>
    internal virtual ITaskObserver? Observer => null;

    /// <summary>How long a close leaves the task, or whatever it stands for, alone at most.</summary>
    internal virtual TimeSpan TimeToFinish => Policy.FinishWithin;

    /// <summary>How long it may rightly go on after it was told.</summary>
    internal virtual TimeSpan TimeAfterTold => TimeSpan.Zero;

    /// <summary>An owned foreign task without a way to tell it: nothing to wait for once its time is over.</summary>
    internal bool CannotBeTold => IsForgotten || _relations is { IsForeign: true, CancelCallback: null };

    /// <summary>The task that ends only after this one.</summary>
    internal BackgroundTask? Parent => _relations?.Parent;

    private int Depth => _relations?.Depth ?? 0;

    /// <summary>The live task in whose flow this one was started.</summary>
    internal BackgroundTask? Starter => _starter?.Task;

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
        _state == BackgroundTaskState.Canceled ? new BackgroundTaskCanceledException(_reason!.Message, _reason) : _error;

    private TaskEvents Events =>
        _events ?? Interlocked.CompareExchange(ref _events, new TaskEvents(this), null) ?? _events;

    /// <summary>Made by the first report; that of a task that has ended takes none.</summary>
    internal ProgressState ProgressState => _progress ?? Tree.ProgressOf(this);

    /// <summary>After the end, before it is raised and before an awaiter goes on.</summary>
    internal void FlushProgress() => _progress?.Flush();

    internal void MarkObserved() => _isObserved = true;

    /// <summary>Under the gate, by the scope that takes the task in. Where it begins at once it is never seen as queued.</summary>
    /// <param name="scope">The owner.</param>
    /// <param name="parent">The task that ends only after this one; null for none.</param>
    /// <param name="starter">The live task in whose flow it is started; null for none.</param>
    /// <param name="canceler">The task whose cancellation and close policy are this one's too: its parent, or its starter in a closing scope.</param>
    /// <param name="closeReason">Why the scope closes; null while it is open.</param>
    /// <param name="beginsNow">It is started on the calling thread.</param>
    /// <param name="now">The time, read before the gate.</param>
    internal void Join(
        TaskScope scope, BackgroundTask? parent, BackgroundTask? starter, BackgroundTask? canceler, CancelReason? closeReason, bool beginsNow, long now)
    {
        Tree.AssertHeld();
        _scope = scope;
        _ambient = new AmbientTask(this);
        Id = Tree.NextId();
        _startedAt = now;
        _starter = starter?._ambient;
        if (canceler?._relations?.OnClose is { } policy)
        {
            _relations ??= new TaskRelations();
            _relations.OnClose ??= policy;
        }

        if (parent is not null)
        {
            _relations ??= new TaskRelations();
            _relations.JoinParent(parent, this, parent._relations ??= new TaskRelations());
        }

        _reason = InheritedReason(canceler, closeReason);
        _isCancelExplicit = _reason is not null && canceler is { IsAskedExplicitly: true };
        _state = !beginsNow ? BackgroundTaskState.Queued
            : _reason is null ? BackgroundTaskState.Running : BackgroundTaskState.Canceling;
    }

    /// <summary>Under the gate: the loop's clock replaces the one used before there was a loop.</summary>
    internal void RestartClock(long now) => _startedAt = now;

    /// <summary>For a task that no scope took in: it ends without having begun.</summary>
    internal void Refuse(CancelReason reason)
    {
        _startedAt = _endedAt = Tree.Now();
        _reason = reason;
        _body = null;
        _relations?.Leave();
        _state = BackgroundTaskState.Canceled;
    }

    /// <summary>Under the gate: the token of the work, which is canceled where the task was asked before anybody read it.</summary>
    internal CancellationToken TokenUnderGate()
    {
        Tree.AssertHeld();
        return _tokenSource is null && IsTold ? new CancellationToken(canceled: true) : (_tokenSource ??= new CancellationTokenSource()).Token;
    }

    /// <summary>Under the gate: the progress of the task, or of the one whose part it is.</summary>
    internal ProgressState ProgressUnderGate()
    {
        Tree.AssertHeld();
        BackgroundTask whole = this;
        while (whole._relations is { IsBlock: true, Parent: { } parent })
        {
            whole = parent;
        }

        whole._progress ??= new ProgressState(whole);
        if (whole.IsCompleted)
        {
            whole._progress.Stop();
        }

        return whole._progress;
    }

    /// <summary>Under the gate: a task that has not taken its first step ends as canceled.</summary>
    /// <param name="reason">Why, for a queued task whose turn cannot come any more; null for one that was canceled by somebody who was told of its start.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <returns>Null where it has begun, or has ended.</returns>
    internal EndEffects? EndUnbegunUnderGate(CancelReason? reason, long now)
    {
        Tree.AssertHeld();
        if (IsCompleted || (reason is not null && _state != BackgroundTaskState.Queued))
        {
            return null;
        }

        Volatile.Write(ref _reason, _reason ?? reason);
        _outcome = BackgroundTaskState.Canceled;
        return EndUnderGate(now);
    }

    /// <summary>Under the gate: Queued becomes Running, and then Canceling for a child of a task that was asked to cancel.</summary>
    /// <param name="hasEvents">The events are to be posted.</param>
    /// <returns>False if it was canceled before.</returns>
    internal bool BeginUnderGate(out bool hasEvents)
    {
        Tree.AssertHeld();
        hasEvents = false;
        if (_state != BackgroundTaskState.Queued)
        {
            return false;
        }

        hasEvents = EnterUnderGate(BackgroundTaskState.Running);
        hasEvents |= IsTold && EnterUnderGate(BackgroundTaskState.Canceling);
        return true;
    }

    // The transition is kept under the gate, so that the events have the order of the states.
    private bool EnterUnderGate(BackgroundTaskState state)
    {
        Tree.AssertHeld();
        BackgroundTaskState old = _state;
        _state = state;
        return _events?.Record(old, state) ?? false;
    }

    internal void PostEvents(bool hasEvents)
    {
        if (hasEvents)
        {
            _events!.Post();
        }
    }

    // A child in a closing scope starts with a signaled token after an explicit cancel, or if the close does not leave it any time either.
    private CancelReason? InheritedReason(BackgroundTask? canceler, CancelReason? closeReason) =>
        canceler is not null
        && ClosePlan.BeginsCanceled(IsShield && !canceler.AreShieldsCut, canceler.IsAskedExplicitly, closeReason is not null, Policy.FinishWithin)
            ? canceler.CancelReason ?? closeReason
            : null;
}
