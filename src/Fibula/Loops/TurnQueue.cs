using System.Globalization;

namespace Fibula;

/// <summary>What waits for the UI thread of a loop, and the turns that run it.</summary>
internal sealed class TurnQueue(UiLoop loop)
{
    // NotStarted ──► Running ──► Ended
    //      └───────────────────────▲     (start-up failed)
    //
    // _gate guards both queues, _state, _wakeRequested and _turnsRequested (the first two flags are also read without it). Neither user code nor the
    // toolkit is called under it. _depth is the UI thread's own; others read it for a hint.
    // Invariant outside the gate: Running and a non-empty queue imply a requested turn that has not come yet,
    // also while a callback runs, since that callback may sit in a nested modal loop.
    //
    // A turn takes at most 8 ms: it is over at 5, which leaves room for the item that runs then and for a collection.
    private static readonly TimeSpan TurnLimit = TimeSpan.FromMilliseconds(5);

    [ThreadStatic]
    private static UiLoop? _turnOnThisThread;

    private readonly Lock _gate = new();
    private readonly WorkQueue _queue = new();

    // What must come before any further step of work: requests to cancel that are on their way.
    private readonly WorkQueue _first = new();
    private volatile State _state;
    private volatile bool _wakeRequested;
    private volatile int _depth;
    private long _turnsRequested;

    // Counts the calls of RunTurn, including empty ones. Used on the UI thread only, where a turn sees whether others ran in between.
    private int _turns;

    // What callbacks see of the flow, made for the cultures of the UI thread. The UI thread's own.
    private (CultureInfo Culture, CultureInfo UiCulture, ExecutionContext Context)? _flow;

    // The thread that runs Startup: no turn runs meanwhile.
    private volatile Thread? _startupThread;

    /// <summary>The loop whose turn runs on the calling thread, the innermost one; null outside any.</summary>
    public static UiLoop? LoopOnThisThread => _turnOnThisThread;

    public bool IsStarted => _state != State.NotStarted;

    public bool IsRunning => _state == State.Running;

    public bool HasEnded => _state == State.Ended;

    public long TurnsRequested => Interlocked.Read(ref _turnsRequested);

    /// <summary>Whether the calling thread runs the app's <c>Startup</c>.</summary>
    public bool IsStartupHere => _startupThread == Thread.CurrentThread;

    /// <summary>The toolkit pumps. Later calls do nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_state != State.NotStarted)
            {
                return;
            }

            _state = State.Running;
        }

        WakeForWhatWaits();
    }

    /// <summary>The toolkit pumps no more.</summary>
    /// <returns>The waiting items, in order; null if the queue has ended before.</returns>
    public WorkItem[]? End()
    {
        lock (_gate)
        {
            if (_state == State.Ended)
            {
                return null;
            }

            _state = State.Ended;
            while (_queue.TryDequeue(out WorkItem item))
            {
                _first.Enqueue(item);
            }

            return _first.TakeAll();
        }
    }

    /// <summary>The calling thread runs the app's <c>Startup</c>.</summary>
    public void BeginStartup() => _startupThread = Thread.CurrentThread;

    public void EndStartup()
    {
        _startupThread = null;
        WakeForWhatWaits();
    }

    /// <summary>Drops the posted callbacks after a failed <c>Startup</c>: the host's loop may continue to run.</summary>
    public void DropPosts()
    {
        lock (_gate)
        {
            foreach (WorkItem item in _queue.TakeAll())
            {
                if (item.Kind != WorkItemKind.Post)
                {
                    _queue.Enqueue(item);
                }
            }
        }
    }

    /// <summary>Queues an item, and wakes the loop.</summary>
    /// <returns>False once the loop has ended.</returns>
    public bool Enqueue(WorkItem item, bool isFirst)
    {
        bool isQueued = TryEnqueue(item, isFirst, out bool wakes);
        if (wakes)
        {
            WakeAfterEnqueue();
        }

        return isQueued;
    }

    /// <summary>Queues an item while the caller holds a lock, under which the toolkit cannot be called.</summary>
    /// <returns>True if <see cref="WakeAfterEnqueue"/> must follow, after that lock.</returns>
    public bool EnqueueAsleep(WorkItem item)
    {
        TryEnqueue(item, isFirst: false, out bool wakes);
        return wakes;
    }

    public void WakeAfterEnqueue() => Wake(yielding: _depth > 0);

    /// <summary>On the UI thread: runs what was queued when the turn began, for at most 8 ms.</summary>
    public void RunTurn()
    {
        int turn = ++_turns;
        int count;
        WorkItem first;
        lock (_gate)
        {
            _wakeRequested = false;
            count = _first.Count + _queue.Count;
            if (_state != State.Running || _startupThread is not null || !(_first.TryDequeue(out first) || _queue.TryDequeue(out first)))
            {
                return;
            }
        }

        _depth++;
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        var callersFlow = CallersFlow.Take();
        UiLoop? callersTurn = _turnOnThisThread;
        _turnOnThisThread = loop;
        try
        {
            if (count > 1)
            {
                WakeForWhatWaits(yielding: true);
            }

            Drain(first, count, FlowOfCallbacks());
        }
        finally
        {
            _turnOnThisThread = callersTurn;
            callersFlow.PutBack();
            SynchronizationContext.SetSynchronizationContext(callersContext);
            EndTurn(hasNested: turn != _turns);
        }
    }

    private bool TryEnqueue(WorkItem item, bool isFirst, out bool wakes)
    {
        lock (_gate)
        {
            bool isQueued = _state != State.Ended;
            if (isQueued)
            {
                (isFirst ? _first : _queue).Enqueue(item);
            }

            wakes = NeedsWake();
            return isQueued;
        }
    }

    private void Drain(WorkItem item, int count, ExecutionContext flow)
    {
        // A turn of one item is the usual one, and needs no clock.
        long began = count > 1 ? TimeProvider.System.GetTimestamp() : 0;
        do
        {
            SynchronizationContext.SetSynchronizationContext(loop.Context);
            ExecutionContext.Restore(flow);
            try
            {
                item.Invoke();
            }
            catch (BackgroundTaskCanceledException canceled) when (item.IsAsyncVoid)
            {
                FibulaEventSource.Log.Canceled(item.Name, loop.Owner?.Name, canceled);
            }
            catch (Exception error)
            {
                loop.ReportCallback(item.Name, error);
            }
        }
        while (--count > 0 && TimeProvider.System.GetElapsedTime(began) < TurnLimit && TryTake(out item));
    }

    // No AsyncLocal of anybody's, but the UI thread's own culture, which is part of the flow too. Usually the same from turn to turn.
    private ExecutionContext FlowOfCallbacks()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo uiCulture = CultureInfo.CurrentUICulture;
        if (_flow is { } known && ReferenceEquals(known.Culture, culture) && ReferenceEquals(known.UiCulture, uiCulture))
        {
            return known.Context;
        }

        ExecutionContext.Restore(CleanContext.Value);
        if (!ReferenceEquals(CultureInfo.CurrentCulture, culture))
        {
            CultureInfo.CurrentCulture = culture;
        }

        if (!ReferenceEquals(CultureInfo.CurrentUICulture, uiCulture))
        {
            CultureInfo.CurrentUICulture = uiCulture;
        }

        ExecutionContext flow = ExecutionContext.Capture()!;
        _flow = (culture, uiCulture, flow);
        return flow;
    }

    // Taken one by one from the shared queue, never as a batch: the item may open a nested modal loop, whose turns go on with the rest.
    // What must come first begins a turn of its own, so that a long request leaves the toolkit its turns.
    private bool TryTake(out WorkItem item)
    {
        bool wake;
        lock (_gate)
        {
            if (_state != State.Running || _first.Count > 0 || !_queue.TryDequeue(out item))
            {
                item = default;
                return false;
            }

            wake = NeedsWake();
        }

        if (wake)
        {
            Wake(yielding: true);
        }

        return true;
    }

    // A turn that was asked for meanwhile brings whatever is left: the usual case, and it needs no lock. But where a nested loop ran, that may have
    // taken the wake-up and left without a turn: then it is asked for again.
    private void EndTurn(bool hasNested)
    {
        _depth--;
        if (hasNested)
        {
            lock (_gate)
            {
                _wakeRequested = false;
            }
        }

        if (!_wakeRequested)
        {
            WakeForWhatWaits(yielding: true);
        }
    }

    private void WakeForWhatWaits(bool yielding = false)
    {
        bool wake;
        lock (_gate)
        {
            wake = NeedsWake();
        }

        if (wake)
        {
            Wake(yielding);
        }
    }

    // Under the gate. True makes the caller wake the loop, after the gate.
    private bool NeedsWake()
    {
        bool wake = _state == State.Running && _first.Count + _queue.Count > 0 && !_wakeRequested;
        _wakeRequested |= wake;
        _turnsRequested += wake ? 1 : 0;
        return wake;
    }

    // The toolkit may capture the caller's AsyncLocals with the wake-up; they must not leak into other people's work.
    private void Wake(bool yielding)
    {
        if (loop.CapturesFlow && !ExecutionContext.IsFlowSuppressed())
        {
            using (ExecutionContext.SuppressFlow())
            {
                TryRequestTurn(yielding);
            }
        }
        else
        {
            TryRequestTurn(yielding);
        }
    }

    private void TryRequestTurn(bool yielding)
    {
        try
        {
            loop.RequestTurnCore(yielding);
        }
        catch (Exception error)
        {
            // A toolkit that refuses while it shuts down: the queue keeps the item, and the next wake-up or the end of the loop takes it.
            lock (_gate)
            {
                _wakeRequested = false;
            }

            LastResort.WriteLine(loop, $"The UI loop '{loop.GetType().Name}' could not be woken: {ErrorText.MessageOf(error)}");
        }
    }

    private enum State
    {
        NotStarted,
        Running,
        Ended,
    }
}
