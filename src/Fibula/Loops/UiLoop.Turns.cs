using System.Globalization;

namespace Fibula;

/// <content>The queue and its turns. The fields, and what guards them, stand in the other file.</content>
public abstract partial class UiLoop
{
    /// <summary>Runs what was queued when the turn began, for at most 8 ms. Called on the UI thread; may be called without a request, and re-entrantly from a nested modal loop.</summary>
    protected void RunTurn()
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
        _turnOnThisThread = this;
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

    /// <summary>Runs a callback in the middle of something else: what it throws is a fault and does not disturb that.</summary>
    internal void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception error)
        {
            ReportCallback(CallSite.MethodName(callback), error);
        }
    }

    internal void Resume(SendOrPostCallback callback, object? state)
    {
        var item = new WorkItem(WorkItemKind.Resume, callback, state);
        if (!Enqueue(item))
        {
            HandToThePool(item);
        }
    }

    /// <summary>Queues an item of the library's own; once the loop has ended it runs on the pool instead.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="isFirst">It comes before everything that is queued, but for others of its kind.</param>
    internal void EnqueueOrPool(SendOrPostCallback callback, object? state, bool isFirst = false)
    {
        var item = new WorkItem(WorkItemKind.Internal, callback, state);
        if (!Enqueue(item, isFirst))
        {
            HandToThePool(item);
        }
    }

    internal bool Enqueue(WorkItem item, bool isFirst = false)
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
    internal bool EnqueueAsleep(WorkItem item)
    {
        TryEnqueue(item, isFirst: false, out bool wakes);
        return wakes;
    }

    internal void WakeAfterEnqueue() => Wake(yielding: _depth > 0);

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

    private void HandToThePool(WorkItem item)
    {
        if (item.Kind != WorkItemKind.Post)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static left => left.Loop.InvokeOnThePool(left.Item), (Loop: this, Item: item), preferLocal: false);
        }
    }

    // What else an await throws there ends the process, as any exception on the pool does.
    private void InvokeOnThePool(WorkItem item)
    {
        try
        {
            item.Invoke();
        }
        catch (BackgroundTaskCanceledException canceled) when (item.IsAsyncVoid)
        {
            FibulaEventSource.Log.Canceled(item.Name, Owner?.Name, canceled);
        }
        catch (Exception error) when (item.Kind == WorkItemKind.Internal)
        {
            // Such as the adapter's way to quit.
            ReportCallback(item.Name, error);
        }
    }

    private void Drain(WorkItem item, int count, ExecutionContext flow)
    {
        // A turn of one item is the usual one, and needs no clock.
        long began = count > 1 ? TimeProvider.System.GetTimestamp() : 0;
        do
        {
            SynchronizationContext.SetSynchronizationContext(Context);
            ExecutionContext.Restore(flow);
            try
            {
                item.Invoke();
            }
            catch (BackgroundTaskCanceledException canceled) when (item.IsAsyncVoid)
            {
                FibulaEventSource.Log.Canceled(item.Name, Owner?.Name, canceled);
            }
            catch (Exception error)
            {
                ReportCallback(item.Name, error);
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
        if (CapturesFlow && !ExecutionContext.IsFlowSuppressed())
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
            RequestTurn(yielding);
        }
        catch (Exception error)
        {
            // A toolkit that refuses while it shuts down: the queue keeps the item, and the next wake-up or the end of the loop takes it.
            lock (_gate)
            {
                _wakeRequested = false;
            }

            LastResort.WriteLine(this, $"The UI loop '{GetType().Name}' could not be woken: {ErrorText.MessageOf(error)}");
        }
    }
}
