namespace Fibula;

/// <summary>What the scopes of one app share: the gate, the loop, and what waits for the loop to exist.</summary>
internal sealed class ScopeTree
{
    // Work that was started before there was a loop, in order. Guarded by Gate; null once there is one.
    private Queue<WorkItem>? _pending = new();
    private volatile UiLoop? _loop;
    private volatile bool _isHeld;
    private bool _isRegistered;
    private bool _isKept;
    private int _lastId;
    private TaskList _leftBehind;

    // Those that are telling tasks to cancel now, the oldest first. Guarded by Gate, but for the flag that there is one.
    private readonly List<ScopeTelling> _tellings = [];
    private volatile bool _isTelling;

    // Survivors that are not held any longer, and have not ended as far as we know.
    private int _releasedCount;

    public ScopeTree(TaskScope root)
    {
        Root = root;
        Unresponsive = new UnresponsiveWatch(this);
    }

    /// <summary>Raised, on any thread and without the gate, when what a list of tasks would show has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised, on any thread and without the gate, when a task was stopped by a token of its own: what has ended is in no list any more.</summary>
    public event Action<BackgroundTask>? StoppedByOwnToken;

    /// <summary>Raised, on any thread and without the gate, when a view of the tree was shown or hidden.</summary>
    public event Action? ShownChanged;

    /// <summary>Guards the state of every scope and task of the tree. User code never runs under it.</summary>
    public Lock Gate { get; } = new();

    public TaskScope Root { get; }

    public UiLoop? Loop => _loop;

    /// <summary>What follows the scopes of the tree.</summary>
    public ScopeFollowers Followers { get; } = new();

    /// <summary>Looks after those that were told to cancel.</summary>
    public UnresponsiveWatch Unresponsive { get; }

    /// <summary>Stands for this tree in its owner's, which is on another loop; null where it has no owner.</summary>
    public JoinedRoot? Joined { get; set; }

    public TimeProvider TimeProvider => _loop?.Clock ?? TimeProvider.System;

    /// <summary>Reads the clock before the gate is taken: it may be the program's own.</summary>
    public Moment ReadClock()
    {
        AssertFree();
        UiLoop? loop = _loop;
        return new Moment(loop, Clocks.Ticks(loop?.Clock ?? TimeProvider.System));
    }

    /// <summary>Outside the gate: a moment for measuring ages, in ticks.</summary>
    public long Now()
    {
        AssertFree();
        return Clocks.Ticks(TimeProvider);
    }

    /// <summary>Under the gate: the clock that was read is still the tree's, which has not got its loop since.</summary>
    public bool IsCurrent(Moment moment)
    {
        AssertHeld();
        return moment.Loop == _loop;
    }

    /// <summary>True until the app's <c>Startup</c> has returned: what is started is queued, also on the UI thread of a running loop.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>Whether any request to cancel is on its way to a task: see <see cref="TellingOf"/>. Any thread.</summary>
    public bool IsTelling => _isTelling;

    public bool HasLeftBehind => !_leftBehind.IsEmpty;

    /// <summary>Under the gate: those that are listed.</summary>
    public int LeftBehindCount => _leftBehind.Count;

    /// <summary>Under the gate: those that have not ended, whether listed or released.</summary>
    public int SurvivorCount => _leftBehind.Count + _releasedCount;

    /// <summary>Under the gate.</summary>
    public BackgroundTask? FirstLeftBehind => _leftBehind.First;

    /// <summary>Under the gate: the root's close that is about to end names those left behind; null before and after that.</summary>
    public LeftBehindEntries? Naming { get; set; }

    /// <summary>Outside the gate: lets go of the survivors that were started in a scope or its descendants.</summary>
    public void Release(TaskScope scope)
    {
        var released = new List<BackgroundTask>();
        lock (Gate)
        {
            CollectLeftBehind(released);
            released.RemoveAll(task => !task.IsLeftBehindBy(scope));
            foreach (BackgroundTask task in released)
            {
                RemoveLeftBehind(task);
                task.BecomeReleased();
                _releasedCount++;
            }

            UnregisterIfIdle();
        }

        released.ForEach(LiveRoots.AddReleased);
        NotifyChanged();
    }

    public void NotifyChanged()
    {
        AssertFree();
        Changed?.Invoke();
    }

    public void NotifyStoppedByOwnToken(BackgroundTask task) => StoppedByOwnToken?.Invoke(task);

    public void NotifyShown() => ShownChanged?.Invoke();

    /// <summary>Under the gate: a number for a new task.</summary>
    public int NextId()
    {
        AssertHeld();
        return ++_lastId;
    }

    /// <summary>Under the gate: the number of the task that came last.</summary>
    public int LastId => _lastId;

    /// <summary>Under the gate: its request is on its way from now on, to all tasks that it reaches.</summary>
    public void BeginTelling(ScopeTelling telling)
    {
        AssertHeld();
        _tellings.Add(telling);
        _isTelling = true;
    }

    /// <summary>Under the gate: it has told everybody.</summary>
    public void EndTelling(ScopeTelling telling)
    {
        AssertHeld();
        _tellings.Remove(telling);
        _isTelling = _tellings.Count > 0;
    }

    /// <summary>Under the gate: who will tell a task next; null for nobody.</summary>
    public ScopeTelling? TellingOf(BackgroundTask task)
    {
        AssertHeld();
        return task.IsTold || task.IsCompleted ? null : _tellings.Find(telling => telling.Reaches(task));
    }

    /// <summary>Under the gate: a task comes over from another scope, and no older request concerns it here.</summary>
    public void OnArrived(BackgroundTask task) => _tellings.ForEach(telling => telling.OnArrived(task));

    /// <summary>Under the gate: the root has live work, and so must be found and held.</summary>
    public void Register()
    {
        AssertHeld();
        if (!_isRegistered)
        {
            _isRegistered = true;
            LiveRoots.Add(this);
        }
    }

    /// <summary>Under the gate: the root may have become idle, and is then not held any longer. One that is kept stays registered, since it is alive anyway.</summary>
    public void UnregisterIfIdle()
    {
        AssertHeld();
        if (_isRegistered && !_isKept && Root.IsIdle && !HasLeftBehind)
        {
            _isRegistered = false;
            LiveRoots.Remove(this);
        }
    }

    /// <summary>The app's <c>Run</c>, or the time the root is joined to an owner, begins or ends: the end of the loop must find it meanwhile.</summary>
    public void Keep(bool isKept)
    {
        lock (Gate)
        {
            _isKept = isKept;
            if (isKept)
            {
                Register();
            }
            else
            {
                UnregisterIfIdle();
            }
        }
    }

    /// <summary>Outside the gate.</summary>
    /// <param name="requestedBy">Who asks.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="isOwnToken">Nobody asked: the work was stopped by a token of its own.</param>
    /// <param name="token">The token that was signaled; none where there was none.</param>
    public CancelReason NewReason(string requestedBy, string message, bool isOwnToken = false, CancellationToken token = default) =>
        new(requestedBy, message, TimeProvider.GetUtcNow(), isOwnToken, token);

    /// <summary>Gives the tree its loop. What was started before goes to the loop's queue, in order.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="isHeld">The app's <c>Startup</c> is still to run: see <see cref="IsHeld"/>.</param>
    /// <param name="first">Comes before all that was started: the turn of <c>Startup</c> on a loop that runs elsewhere, perhaps already before this returns.</param>
    public void Attach(UiLoop loop, bool isHeld = false, WorkItem? first = null)
    {
        long now = Clocks.Ticks(loop.Clock);
        bool wakes = false;
        lock (Gate)
        {
            if (_pending is null)
            {
                throw new InvalidOperationException(
                    $"'{Root.Name}' is on a loop already, and stays there. Create a new UiApp for another loop.");
            }

            IsHeld = isHeld;
            loop.Tasks = LoopTasks.Instance;
            _loop = loop;
            foreach (BackgroundTask task in Root.LiveTasks())
            {
                task.RestartClock(now);
            }

            // Under the gate, so that nothing started in between can overtake; a loop's own gate is a leaf. The loop is woken afterwards.
            if (first is { } startup)
            {
                wakes |= loop.EnqueueAsleep(startup);
            }

            foreach (WorkItem item in _pending)
            {
                wakes |= loop.EnqueueAsleep(item);
            }

            _pending = null;
        }

        if (wakes)
        {
            loop.WakeAfterEnqueue();
        }
    }

    /// <summary>Runs a callback of the library's on the loop in order with everything else: once there is a loop, and on the pool after it.</summary>
    public void DispatchInOrder(SendOrPostCallback callback, object? state) =>
        Queue(new WorkItem(WorkItemKind.Internal, callback, state));

    /// <summary>As <see cref="DispatchInOrder"/>, but where no loop runs yet the pool takes it, since nothing may wait for start-up.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="isFirst">Before any further step of work that resumes through the loop's queue.</param>
    public void Dispatch(SendOrPostCallback callback, object? state, bool isFirst = false)
    {
        if (_loop is { IsRunning: true } loop)
        {
            loop.EnqueueOrPool(callback, state, isFirst);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static item => item.Invoke(), new WorkItem(WorkItemKind.Internal, callback, state), preferLocal: false);
        }
    }

    public bool Post(Action callback) => Queue(WorkItem.Post(callback));

    /// <summary>Under the gate: the tasks that outlived the scope they were started in.</summary>
    public void AddLeftBehind(BackgroundTask task)
    {
        AssertHeld();
        _leftBehind.Add(task);
    }

    /// <summary>Under the gate.</summary>
    public void RemoveLeftBehind(BackgroundTask task)
    {
        AssertHeld();
        if (task.IsReleased)
        {
            _releasedCount--;
            return;
        }

        Naming?.OnLeaving(task);
        _leftBehind.Remove(task);
    }

    /// <summary>Under the gate.</summary>
    public void CollectLeftBehind(List<BackgroundTask> into)
    {
        AssertHeld();
        for (BackgroundTask? task = _leftBehind.First; task is not null; task = task.Next)
        {
            into.Add(task);
        }
    }

    /// <summary>The quoted names of live tasks, for the last line of a process that leaves; null where the gate cannot be had.</summary>
    public string[]? NamesAtExit()
    {
        if (!Gate.TryEnter(TimeSpan.FromMilliseconds(100)))
        {
            return null;
        }

        try
        {
            List<BackgroundTask> live = Root.LiveTasks();
            CollectLeftBehind(live);
            return [.. live.Select(task => $"'{task.Name}'")];
        }
        finally
        {
            Gate.Exit();
        }
    }

    /// <summary>The calling thread holds the gate.</summary>
    public void AssertHeld()
    {
        if (SelfChecks.AreOn && !Gate.IsHeldByCurrentThread)
        {
            SelfChecks.Fail($"the gate of '{Root.Name}' is not held where it must be.");
        }
    }

    /// <summary>The calling thread does not hold the gate, and may call code of the program's.</summary>
    public void AssertFree()
    {
        if (SelfChecks.AreOn && Gate.IsHeldByCurrentThread)
        {
            SelfChecks.Fail($"the gate of '{Root.Name}' is held where code of the program's may run.");
        }
    }

    private bool Queue(WorkItem item)
    {
        lock (Gate)
        {
            if (_pending is not null)
            {
                _pending.Enqueue(item);
                return true;
            }
        }

        if (_loop!.Enqueue(item))
        {
            return true;
        }

        if (item.Kind != WorkItemKind.Post)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static item => item.Invoke(), item, preferLocal: false);
        }

        return false;
    }
}
