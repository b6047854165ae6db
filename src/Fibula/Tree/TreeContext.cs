namespace Fibula;

/// <summary>The loop, the clock and the change notifications that the scopes and tasks of one tree share. No member takes the tree's gate.</summary>
internal abstract class TreeContext
{
    // Guards the queue, which is null once there is a loop. Taken under the tree's gate, never the other way round.
    private readonly Lock _gate = new();
    private volatile WorkQueue? _pending = new();
    private volatile UiLoop? _loop;
    private volatile bool _isHeld;

    /// <summary>Raised when a list of tasks would show something else. On any thread, without the gate.</summary>
    public event Action? Changed;

    /// <summary>Raised when a view of the tree was shown or hidden. On any thread, without the gate.</summary>
    public event Action? ShownChanged;

    public UiLoop? Loop => _loop;

    public TimeProvider TimeProvider => _loop?.Clock ?? TimeProvider.System;

    /// <summary>True until the app's <c>Startup</c> has returned: tasks that are started before are queued, also on the UI thread of a running loop.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>The name of the root.</summary>
    public abstract string Name { get; }

    private protected abstract bool IsGateHeldHere { get; }

    /// <summary>Under the gate: returns a number for a new task.</summary>
    public abstract int NextId();

    /// <summary>Under the gate: the root has live work, and must be kept alive and found.</summary>
    public abstract void Register();

    /// <summary>Under the gate: releases the root if it has become idle.</summary>
    public abstract void UnregisterIfIdle();

    /// <summary>Asserts that the calling thread holds the gate.</summary>
    public void AssertHeld()
    {
        // Stryker disable once all : a broken rule ends the process, and a mutation run leaves the checks off
        if (SelfChecks.AreOn && !IsGateHeldHere)
        {
            SelfChecks.Fail($"the gate of '{Name}' is not held where it must be.");
        }
    }

    /// <summary>Asserts that the calling thread does not hold the gate, and may run the program's code.</summary>
    public void AssertFree()
    {
        // Stryker disable once all : a broken rule ends the process, and a mutation run leaves the checks off
        if (SelfChecks.AreOn && IsGateHeldHere)
        {
            SelfChecks.Fail($"the gate of '{Name}' is held where code of the program's may run.");
        }
    }

    /// <summary>Reads the clock before the gate is taken: it may be the program's own.</summary>
    public Moment ReadClock()
    {
        AssertFree();
        UiLoop? loop = _loop;
        return new Moment(loop, Clocks.Ticks(loop?.Clock ?? TimeProvider.System));
    }

    /// <summary>Outside the gate: returns the time in ticks, to measure ages.</summary>
    public long Now()
    {
        AssertFree();
        return Clocks.Ticks(TimeProvider);
    }

    /// <summary>Outside the gate.</summary>
    /// <param name="requestedBy">Who asks.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="isOwnToken">True if the work was stopped by a token of its own, without a request.</param>
    /// <param name="token">The token that was signaled; none where there was none.</param>
    public CancelReason NewReason(string requestedBy, string message, bool isOwnToken = false, CancellationToken token = default) =>
        new(requestedBy, message, TimeProvider.GetUtcNow(), isOwnToken, token);

    /// <summary>Outside the gate: the reason of a call of the program's.</summary>
    /// <inheritdoc cref="CancelCall(string, string, string, CallSite, Func{string, string, string})"/>
    public CancelReason NewReason(string? member, string? file, string? message, CallSite subject, Func<string, string, string> sentence) =>
        new(new CancelCall(member, file, message, subject, sentence), TimeProvider.GetUtcNow());

    public void NotifyChanged()
    {
        AssertFree();
        Changed?.Invoke();
    }

    public void NotifyShown() => ShownChanged?.Invoke();

    /// <summary>Runs a callback on the loop, in order with everything else. It waits until there is a loop, and runs on the pool after the loop's end.</summary>
    public void DispatchInOrder(SendOrPostCallback callback, object? state) =>
        Queue(new WorkItem(WorkItemKind.Internal, callback, state));

    /// <summary>Runs a callback on the loop, or on the pool while no loop runs, for callbacks that must not wait for start-up.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="isFirst">True to run it before any work that resumes through the loop's queue.</param>
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

    /// <exception cref="InvalidOperationException">The tree has a loop.</exception>
    private protected void ThrowIfAttached()
    {
        if (_loop is not null)
        {
            throw new InvalidOperationException($"'{Name}' is on a loop already, and stays there. Create a new UiApp for another loop.");
        }
    }

    /// <summary>Under the tree's gate: moves the callbacks that were queued before there was a loop to its queue, in order.</summary>
    /// <param name="loop">The loop, which stays.</param>
    /// <param name="first">Runs before them; null for none.</param>
    /// <returns>True if the loop is to be woken, after the gate.</returns>
    private protected bool SetLoop(UiLoop loop, WorkItem? first)
    {
        lock (_gate)
        {
            // In one step, so that nothing started in between can overtake; the lock of a loop's queue is a leaf.
            bool wakes = first is { } startup && loop.EnqueueAsleep(startup);
            foreach (WorkItem item in _pending!.TakeAll())
            {
                wakes |= loop.EnqueueAsleep(item);
            }

            _loop = loop;
            _pending = null;
            return wakes;
        }
    }

    private bool Queue(WorkItem item)
    {
        if (TryDefer(item))
        {
            return true;
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

    private bool TryDefer(WorkItem item)
    {
        if (_pending is null)
        {
            return false;
        }

        lock (_gate)
        {
            _pending?.Enqueue(item);
            return _pending is not null;
        }
    }
}
