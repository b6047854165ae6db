namespace Fibula;

/// <summary>How the closes of scopes begin and go on, outside the gate.</summary>
internal static class ScopeCloser
{
    /// <summary>Closes a scope.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why. The first one stays.</param>
    /// <param name="within">A further upper limit; null for none.</param>
    /// <param name="caller">The task that waits, where it waits for all others only; null to wait for all.</param>
    public static Task<CloseReport> CloseAsync(ScopeNode scope, CancelReason reason, TimeSpan? within = null, ITaskNode? caller = null)
    {
        CloseStart start = ScopeClose.Begin(scope, reason, within, caller);
        if (start is { IsNew: true, ConcernsFollowers: false })
        {
            ScopeClose.BeginFirstPass(start.Closing);
            return start.Completion;
        }

        if (start.ConcernsFollowers)
        {
            NotifyFollowers(scope);
        }

        start.Closing.Driver?.Advance();
        return start.Completion;
    }

    /// <summary>The loop has ended: nothing can be waited for any more, so everybody is canceled and the scope is closed.</summary>
    public static void CloseWithTheLoop(ScopeNode scope) =>
        ScopeClose.Abort(scope, scope.Tree.NewReason("the UI loop", $"The UI loop of '{scope.Name}' has ended."));

    /// <summary>Everything that an ended task, or a follower, has queued for a view has run. Closes may have waited for that.</summary>
    public static void EndShown(ScopeNode scope) => scope.Tree.EndShown(scope)?.ForEach(static closing => closing.Driver?.Advance());

    /// <summary>Tasks have left the subtree in another way than by ending: closes of the scope and its ancestors may be over.</summary>
    public static void Advance(ScopeNode scope)
    {
        for (ScopeNode? node = scope; node is not null; node = node.Parent)
        {
            node.Closing?.Driver?.Advance();
        }
    }

    /// <summary>Lets go of the survivors that were started in a scope or its descendants.</summary>
    public static void ReleaseSurvivors(ScopeNode scope)
    {
        scope.Tree.Release(scope).ForEach(LiveRoots.AddReleased);
        scope.Tree.NotifyChanged();
    }

    /// <summary>On the UI thread: a view was shown again, and has a new scope. The followers of the last one go on there.</summary>
    public static void Renew(ScopeNode last, ScopeNode next)
    {
        List<IScopeFollower> followers = last.Tree.Followers.Of(last);
        last.Successor = next;
        foreach (IScopeFollower follower in followers)
        {
            if (next.Tree != last.Tree)
            {
                next.Tree.Followers.Add(follower);
            }

            follower.OnRenewed();
        }
    }

    // The close waits until the followers have said so: nothing is raised for a view afterwards.
    private static void NotifyFollowers(ScopeNode scope)
    {
        List<IScopeFollower> followers = scope.Tree.Followers.Within(scope);
        if (followers.Count == 0 || (scope.Tree.Loop is { IsRunning: true } loop && loop.CheckAccess()))
        {
            Notify();
        }
        else
        {
            scope.Tree.DispatchInOrder(_ => Notify(), null);
        }

        void Notify()
        {
            followers.ForEach(static follower => follower.NotifyChanged());
            EndShown(scope);
        }
    }
}
