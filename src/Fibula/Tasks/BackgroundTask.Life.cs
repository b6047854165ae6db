namespace Fibula;

/// <content>How a task lives: the transitions, and what holds it.</content>
public partial class BackgroundTask
{
    //                 Begin              Tell                      Settle, children ended
    //       Queued ─────────► Running ─────────► Canceling ──────────────► Succeeded | Faulted | Canceled
    //          │ Tell              └──────────── Settle, children ended ──────────►
    //          └────────► Canceled
    //
    // The tree's gate guards every field below, though single ones are also read without it. User code (the work, token
    // callbacks, events, awaiters) is only ever called outside it. The end has two halves: the body ends (Settle), and the
    // task ends when its last child has (EndUnderGate, AfterEnd). In the second half it lets go of all that belongs to the work.
    private static readonly ClosePolicy ForeignPolicy = ClosePolicy.Finish(TimeSpan.FromSeconds(1));

    private TaskScope _scope;
    private volatile BackgroundTaskState _state;
    private BackgroundTaskState _outcome;
    private bool _isBodyEnded;
    private bool _isObserved;
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

    /// <summary>A survivor or an abandoned task: its scope is closed, the root lists it.</summary>
    internal bool IsLeftBehind => _relations?.LeftScopeName is not null;

    /// <summary>The name of the scope the task was started in: for those left behind not that of the root, which says nothing.</summary>
    internal string HomeName => _relations?.LeftScopeName ?? _scope.Name;

    /// <summary>A number that no other task of the app has.</summary>
    internal int Id { get; private set; }

    /// <summary>A scope has taken it in.</summary>
    internal bool IsTakenIn => _ambient is not null;

    /// <summary>Queued work has taken its first step.</summary>
    internal bool HasBegun { get; private set; }

    internal bool IsTold => Volatile.Read(ref _reason) is not null;

    /// <summary>What the work waits for, as far as it waits through Fibula: another task, by its box, which is empty once that has ended; or a text.</summary>
    internal object? WaitsFor { get; set; }

    internal ClosePolicy Policy => _relations?.OnClose ?? (CannotBeTold ? ForeignPolicy : ClosePolicy.Cancel);

    /// <summary>How long a close leaves the task, or whatever it stands for, alone at most.</summary>
    internal virtual TimeSpan TimeToFinish => Policy.FinishWithin;

    /// <summary>How long it may rightly go on after it was told.</summary>
    internal virtual TimeSpan TimeAfterTold => TimeSpan.Zero;

    /// <summary>An owned foreign task without a way to tell it: nothing to wait for once its time is over.</summary>
    internal bool CannotBeTold => _relations is { IsForeign: true, CancelCallback: null };

    /// <summary>The task that ends only after this one.</summary>
    internal BackgroundTask? Parent => _relations?.Parent;

    /// <summary>The live task in whose flow this one was started.</summary>
    internal BackgroundTask? Starter => _starter?.Task;

    /// <summary>The token of the work, made when it is first read.</summary>
    internal CancellationToken Token
    {
        get
        {
            lock (Tree.Gate)
            {
                if (_tokenSource is null && IsTold)
                {
                    return new CancellationToken(canceled: true);
                }

                return (_tokenSource ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>What an awaiter gets: the fault or the cancellation; null when the task has succeeded. Read after the end only.</summary>
    internal Exception? Error =>
        _state == BackgroundTaskState.Canceled ? new BackgroundTaskCanceledException(_reason!.Message, _reason) : _error;

    private TaskEvents Events =>
        _events ?? Interlocked.CompareExchange(ref _events, new TaskEvents(this), null) ?? _events;

    /// <summary>Made by the first report; that of a task that has ended takes none.</summary>
    internal ProgressState ProgressState
    {
        get
        {
            if (_progress is { } progress)
            {
                return progress;
            }

            lock (Tree.Gate)
            {
                if (_relations is { IsBlock: true, Parent: { } parent })
                {
                    return parent.ProgressState;
                }

                _progress ??= new ProgressState(this);
                if (IsCompleted)
                {
                    _progress.Stop();
                }

                return _progress;
            }
        }
    }

    /// <summary>Under the lock of the progress, so that no report is kept after the end.</summary>
    /// <returns>True if <see cref="PostProgress"/> must follow, outside that lock.</returns>
    internal bool RecordProgress() => _events?.RecordProgress() ?? false;

    internal void PostProgress() => _events!.Post();

    /// <summary>After the end, before it is raised and before an awaiter goes on.</summary>
    internal void FlushProgress() => _progress?.Flush();

    internal void MarkObserved() => _isObserved = true;

    /// <summary>Under the gate, by the scope that takes the task in. Where it begins at once it is never seen as queued.
    /// The teller is the task whose cancellation and close policy are this one's too: its parent, or its starter in a closing scope.</summary>
    internal void Join(TaskScope scope, BackgroundTask? parent, BackgroundTask? starter, BackgroundTask? teller, bool beginsNow)
    {
        _scope = scope;
        CancelReason? inherited = IsShield && !teller!.AreShieldsCut ? null : teller?.CancelReason;
        _state = !beginsNow ? BackgroundTaskState.Queued
            : inherited is null ? BackgroundTaskState.Running : BackgroundTaskState.Canceling;
        _ambient = new AmbientTask(this);
        Id = Tree.NextId();
        _startedAt = Tree.Now();
        _starter = starter?._ambient;
        _reason = inherited;
        if (teller?._relations?.OnClose is { } policy)
        {
            _relations ??= new TaskRelations();
            _relations.OnClose ??= policy;
        }

        if (parent is not null)
        {
            _relations ??= new TaskRelations();
            _relations.Parent = parent;
            (parent._relations ??= new TaskRelations()).Children.Add(this);
        }
    }

    /// <summary>Under the gate: the loop's clock replaces the one used before there was a loop.</summary>
    internal void RestartClock() => _startedAt = Tree.Now();

    /// <summary>Under the gate: becomes a survivor, owned by the root from now on.</summary>
    internal void LeaveBehind()
    {
        (_relations ??= new TaskRelations()).LeftScopeName = _scope.Name;
        _scope = Tree.Root;
    }

    /// <summary>For a task that no scope took in: it ends without having begun.</summary>
    internal void Refuse(CancelReason reason)
    {
        _startedAt = _endedAt = Tree.Now();
        _reason = reason;
        _body = null;
        _relations?.Leave();
        _state = BackgroundTaskState.Canceled;
    }

    /// <summary>Tells the task, and its children, to cancel. Does nothing if it has ended or was told before.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="within">Only if it belongs to this scope or its descendants still: it may just be moving. Null in any case.</param>
    internal void Tell(CancelReason reason, TaskScope? within = null)
    {
        Ending? neverBegun = null;
        BackgroundTask[] children = [];
        CancellationTokenSource? source = null;
        Action? callback = null;
        bool hasEvents = false;
        lock (Tree.Gate)
        {
            if (IsCompleted || IsTold || (within is not null && !_scope.IsWithin(within)))
            {
                return;
            }

            Volatile.Write(ref _reason, reason);
            if (_state == BackgroundTaskState.Queued)
            {
                _outcome = BackgroundTaskState.Canceled;
                neverBegun = EndUnderGate();
            }
            else
            {
                hasEvents = MoveUnderGate(BackgroundTaskState.Canceling);
                children = _relations?.ChildrenNow() ?? children;
                (source, callback) = (_tokenSource, _relations?.CancelCallback);
            }
        }

        if (neverBegun is { } ending)
        {
            AfterEnd(ending, resumeInline: false);
            return;
        }

        PostEvents(hasEvents);
        Tree.NotifyChanged();
        Tree.Unresponsive.OnTold(_scope.UnresponsiveAfter);
        Signal(source, callback);
        _relations?.Run?.OnTold();
        TellAll(children, reason);
    }

    /// <summary>A queued task whose turn cannot come any more ends, also a child that would have begun although it was told.</summary>
    private void NeverBegin(CancelReason reason)
    {
        Ending ending;
        lock (Tree.Gate)
        {
            if (_state != BackgroundTaskState.Queued)
            {
                return;
            }

            Volatile.Write(ref _reason, _reason ?? reason);
            _outcome = BackgroundTaskState.Canceled;
            ending = EndUnderGate();
        }

        AfterEnd(ending, resumeInline: false);
    }

    /// <summary>Queued becomes Running, and at once Canceling for a child of a task that was told. False if it was canceled before.</summary>
    private bool Begin()
    {
        bool hasEvents;
        lock (Tree.Gate)
        {
            if (_state != BackgroundTaskState.Queued)
            {
                return false;
            }

            hasEvents = MoveUnderGate(BackgroundTaskState.Running);
            hasEvents |= IsTold && MoveUnderGate(BackgroundTaskState.Canceling);
            HasBegun = true;
        }

        PostEvents(hasEvents);
        _relations?.Run?.OnBegun();
        return true;
    }

    /// <summary>The body has ended. So has the task, unless children still run.</summary>
    private void Settle(BackgroundTaskState outcome, Exception? error)
    {
        if (outcome != BackgroundTaskState.Succeeded && _relations is { Group: not null })
        {
            EndChildrenOfGroup(error);
        }

        Ending ending;
        lock (Tree.Gate)
        {
            _outcome = outcome;
            _error = error;
            _isBodyEnded = true;
            if (_relations is { HasChildren: true })
            {
                WaitsFor = "its children";
                return;
            }

            ending = EndUnderGate();
        }

        AfterEnd(ending, resumeInline: true);
    }

    private void ChildEnded(BackgroundTask child)
    {
        if (child.State == BackgroundTaskState.Faulted && _relations is { Group: not null } && !child._relations!.IsStarting)
        {
            EndGroup(child);
        }

        Ending ending;
        lock (Tree.Gate)
        {
            _relations!.Children.Remove(child);
            if (!_isBodyEnded || _relations.HasChildren || IsCompleted)
            {
                return;
            }

            ending = EndUnderGate();
        }

        AfterEnd(ending, resumeInline: true);
    }

    // The transition is kept under the gate, so that the events have the order of the states.
    private bool MoveUnderGate(BackgroundTaskState state)
    {
        BackgroundTaskState old = _state;
        _state = state;
        return _events?.Record(old, state) ?? false;
    }

    private void PostEvents(bool hasEvents)
    {
        if (hasEvents)
        {
            _events!.Post();
        }
    }

    /// <summary>Under the gate: out of the lists, counted, and no longer referring to the work or to what that has registered.</summary>
    private Ending EndUnderGate()
    {
        _endedAt = Tree.Now();
        _progress?.Stop();
        JudgeGroup();
        bool hasEvents = MoveUnderGate(_outcome);
        _body = null;
        _tokenSource = null;
        _ambient?.Empty();
        _starter = null;
        WaitsFor = null;
        TakeErrorWhileStarting();
        _relations?.Parent?.TakeErrorOf(this);
        return new Ending(_scope.Remove(this), hasEvents);
    }

    /// <summary>After the gate: tells everybody whom the end concerns, the awaiters last.</summary>
    private void AfterEnd(Ending ending, bool resumeInline)
    {
        CommandRun? run = _relations?.Run;
        BackgroundTask? parent = _relations?.Leave();
        _progress?.Flush();
        Tree.NotifyChanged();
        PostEvents(ending.HasEvents);
        FibulaEventSource.Log.Ended(this);
        if (_state == BackgroundTaskState.Faulted)
        {
            Tree.DispatchInOrder(static task => ((BackgroundTask)task!).DecideFault(), this);
        }

        foreach (ScopeClosing closing in ending.Drained ?? [])
        {
            closing.Advance();
        }

        run?.OnEnded();
        parent?.ChildEnded(this);
        ResumeAwaiters(resumeInline);
    }

    // In the first turn after the end: whoever awaits the handle in the turn that started the task has done so by now.
    private void DecideFault()
    {
        if (!_isObserved)
        {
            FaultRoute.Report(TaskFault.Of(this, _error!), _scope);
        }
    }

    /// <summary>What is left to do once the gate is free.</summary>
    /// <param name="Drained">The closings that were waiting for this end alone; null for none.</param>
    /// <param name="HasEvents">The events are to be posted.</param>
    private readonly record struct Ending(ScopeClosing[]? Drained, bool HasEvents);
}
