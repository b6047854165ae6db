namespace Fibula;

/// <content>How a task is told to cancel. The states and the fields stand in the file on its life.</content>
public partial class BackgroundTask
{
    /// <summary>Under the gate: a close or a <see cref="TaskScope.Cancel"/> has asked, and will come to this task among many; null once it has.</summary>
    private ScopeTelling? RequestOnItsWay => Tree.TellingOf(this);

    private bool IsAskedExplicitly => _isCancelExplicit || RequestOnItsWay is { IsExplicit: true };

    /// <summary>Requests the cancellation of the task and its children, whatever their close policy. Does nothing if it has ended or was asked before.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="within">Only if it still belongs to this scope or its descendants: it may just be moving. Null in any case.</param>
    internal void Tell(CancelReason reason, TaskScope? within = null) => TellAll([this], reason, within, skipsShields: false);

    /// <summary>On whatever thread its work looks: a request that is on its way arrives now. Nothing of the work goes on without it.</summary>
    internal void ReceiveRequest()
    {
        if (!Tree.IsTelling)
        {
            return;
        }

        ScopeTelling? telling;
        lock (Tree.Gate)
        {
            telling = RequestOnItsWay;
        }

        telling?.Tell(this);
    }

    /// <summary>Requests the cancellation of the task because its scope closes. Each of its children has a time of its own.</summary>
    /// <inheritdoc cref="Tell"/>
    internal void TellOfClose(CancelReason reason, TaskScope? within) => TellOne(reason, within, isExplicit: false);

    // In the order of a recursion, which a long chain of children would take too deep: each task completely, then its children.
    private static void TellAll(BackgroundTask[] tasks, CancelReason reason, TaskScope? within = null, bool skipsShields = true)
    {
        var waiting = new Stack<BackgroundTask>();
        PushReversed(tasks);
        while (waiting.TryPop(out BackgroundTask? task))
        {
            if (!(skipsShields && task.IsShield))
            {
                PushReversed(task.TellOne(reason, within, isExplicit: true));
            }

            within = null;
            skipsShields = true;
        }

        void PushReversed(BackgroundTask[] next)
        {
            for (int i = next.Length - 1; i >= 0; i--)
            {
                waiting.Push(next[i]);
            }
        }
    }

    // Returns the children that the request reaches too.
    private BackgroundTask[] TellOne(CancelReason reason, TaskScope? within, bool isExplicit)
    {
        long now = Tree.Now();
        Ending? neverBegun = null;
        BackgroundTask[] children;
        CancellationTokenSource? source;
        Action? callback;
        bool hasEvents;
        lock (Tree.Gate)
        {
            if (IsCompleted || (within is not null && !_scope.IsWithin(within)))
            {
                return [];
            }

            bool wasAsked = IsTold;
            bool isNewlyExplicit = isExplicit && !_isCancelExplicit;
            _isCancelExplicit |= isExplicit;
            children = isNewlyExplicit ? _relations?.ChildrenNow() ?? [] : [];
            if (wasAsked)
            {
                return children;
            }

            Volatile.Write(ref _reason, reason);
            if (_state == BackgroundTaskState.Queued)
            {
                _outcome = BackgroundTaskState.Canceled;
                neverBegun = EndUnderGate(now);
            }

            hasEvents = neverBegun is null && MoveUnderGate(BackgroundTaskState.Canceling);
            (source, callback) = neverBegun is null ? (_tokenSource, _relations?.CancelCallback) : default;
        }

        // What ends in here, on this thread, resumes nobody before the call has returned.
        _cancelsOnThisThread++;
        try
        {
            if (neverBegun is { } ending)
            {
                AfterEnd(ending, resumeInline: false);
            }
            else
            {
                Observer?.BecomeCanceling();
                PostEvents(hasEvents);
                Tree.NotifyChanged();
                Tree.Unresponsive.OnTold(_scope.UnresponsiveAfter);
                Signal(source, callback);
                Observer?.OnTold();
            }
        }
        finally
        {
            _cancelsOnThisThread--;
        }

        return children;
    }
}
