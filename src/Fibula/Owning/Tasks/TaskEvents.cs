using System.ComponentModel;

namespace Fibula;

/// <summary>The events of one handle: keeps what has happened until the UI thread raises it. Exists only once somebody has subscribed or reported.</summary>
internal sealed class TaskEvents(ITaskNode task) : ITaskEvents
{
    private static readonly PropertyChangedEventArgs StateProperty = new("State");
    private static readonly PropertyChangedEventArgs IsCompletedProperty = new("IsCompleted");
    private static readonly PropertyChangedEventArgs CancelReasonProperty = new("CancelReason");
    private static readonly PropertyChangedEventArgs ProgressProperty = new("Progress");

    // Guards the fields below. Subscribers are called outside it, on the UI thread.
    private readonly Lock _gate = new();
    private readonly Queue<(BackgroundTaskState Old, BackgroundTaskState New)> _transitions = new();
    private Action<BackgroundTaskState, BackgroundTaskState>? _stateChanged;
    private PropertyChangedEventHandler? _propertyChanged;
    private bool _isProgressWaiting;
    private bool _isPosted;

    public void AddStateChanged(Action<BackgroundTaskState, BackgroundTaskState>? subscriber)
    {
        lock (_gate)
        {
            _stateChanged += subscriber;
        }
    }

    public void RemoveStateChanged(Action<BackgroundTaskState, BackgroundTaskState>? subscriber)
    {
        lock (_gate)
        {
            _stateChanged -= subscriber;
        }
    }

    public void AddPropertyChanged(PropertyChangedEventHandler? subscriber)
    {
        lock (_gate)
        {
            _propertyChanged += subscriber;
        }
    }

    public void RemovePropertyChanged(PropertyChangedEventHandler? subscriber)
    {
        lock (_gate)
        {
            _propertyChanged -= subscriber;
        }
    }

    /// <summary>Something is still to be raised.</summary>
    public bool IsPosted
    {
        get
        {
            lock (_gate)
            {
                return _isPosted;
            }
        }
    }

    /// <summary>Under the tree's gate: keeps a transition.</summary>
    /// <returns>True if <see cref="Post"/> must follow, outside the gate.</returns>
    public bool Record(BackgroundTaskState old, BackgroundTaskState now)
    {
        lock (_gate)
        {
            if (_stateChanged is null && _propertyChanged is null)
            {
                return false;
            }

            _transitions.Enqueue((old, now));
            return BecomePosted();
        }
    }

    /// <inheritdoc cref="Record"/>
    public bool RecordProgress()
    {
        lock (_gate)
        {
            if (_propertyChanged is null)
            {
                return false;
            }

            _isProgressWaiting = true;
            return BecomePosted();
        }
    }

    public void Post() =>
        task.Tree.DispatchInOrder(static events => ((TaskEvents)events!).RaiseWaiting(), this);

    private bool BecomePosted()
    {
        bool isFirst = !_isPosted;
        _isPosted = true;
        return isFirst;
    }

    private void RaiseWaiting()
    {
        // The view may be gone.
        if (task.Tree.Loop is { HasEnded: true } || task.Node.IsLeftBehind || task.Node.Scope.State == ScopeState.Closed)
        {
            return;
        }

        while (TakeNext(out bool isProgress, out (BackgroundTaskState Old, BackgroundTaskState New) transition))
        {
            if (isProgress)
            {
                RaiseProperty(ProgressProperty);
            }
            else
            {
                if (transition.New >= BackgroundTaskState.Succeeded)
                {
                    task.Node.Progress?.Flush();
                    if (TakeProgress())
                    {
                        RaiseProperty(ProgressProperty);
                    }
                }

                RaiseTransition(transition.Old, transition.New);
            }
        }
    }

    // Progress goes before the end, and after everything else: nothing is shown of a task that has ended.
    private bool TakeNext(out bool isProgress, out (BackgroundTaskState Old, BackgroundTaskState New) transition)
    {
        lock (_gate)
        {
            bool hasTransition = _transitions.TryPeek(out transition);
            isProgress = _isProgressWaiting && (!hasTransition || transition.New >= BackgroundTaskState.Succeeded);
            if (isProgress)
            {
                _isProgressWaiting = false;
                return true;
            }

            if (hasTransition)
            {
                _transitions.Dequeue();
            }

            _isPosted = hasTransition;
            return hasTransition;
        }
    }

    // A handler that has got the last value may have reported.
    private bool TakeProgress()
    {
        lock (_gate)
        {
            bool isWaiting = _isProgressWaiting;
            _isProgressWaiting = false;
            return isWaiting;
        }
    }

    private void RaiseTransition(BackgroundTaskState old, BackgroundTaskState now)
    {
        foreach (Action<BackgroundTaskState, BackgroundTaskState> subscriber in Delegate.EnumerateInvocationList(_stateChanged))
        {
            Subscriber.Invoke(
                task.Tree.Loop,
                static call => call.subscriber(call.old, call.now),
                (subscriber, old, now),
                "StateChanged");
        }

        RaiseProperty(StateProperty);
        if (now >= BackgroundTaskState.Canceling)
        {
            RaiseProperty(CancelReasonProperty);
        }

        if (now >= BackgroundTaskState.Succeeded)
        {
            RaiseProperty(IsCompletedProperty);
        }
    }

    private void RaiseProperty(PropertyChangedEventArgs property)
    {
        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(_propertyChanged))
        {
            Subscriber.Invoke(
                task.Tree.Loop,
                static call => call.subscriber(call.task, call.property),
                (subscriber, task, property),
                "PropertyChanged");
        }
    }
}
