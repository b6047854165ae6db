namespace Fibula;

/// <content>What followers hear of the scope: that it closes, and that its view has come back.</content>
public sealed partial class TaskScope
{
    private volatile TaskScope? _successor;

    /// <summary>The scope that the view has got since, after it came back; itself where it has not.</summary>
    internal TaskScope Latest
    {
        get
        {
            TaskScope scope = this;
            while (scope._successor is { } next)
            {
                scope = next;
            }

            return scope;
        }
    }

    /// <summary>Whether anything follows this scope.</summary>
    internal bool HasFollowers => Tree.Followers.Within(this).Exists(follower => follower.Scope == this);

    /// <summary>On the UI thread: the view was shown again, and has a new scope. Its followers go on there.</summary>
    internal void RenewAs(TaskScope next)
    {
        List<IScopeFollower> followers = Tree.Followers.Within(this).FindAll(follower => follower.Scope == this);
        _successor = next;
        foreach (IScopeFollower follower in followers)
        {
            if (next.Tree != Tree)
            {
                next.Tree.Followers.Add(follower);
            }

            follower.OnRenewed();
        }
    }

    // A close of this scope has begun, which waits until the followers have said so: nothing is raised for a view afterwards.
    private void NotifyFollowersOfClose()
    {
        List<IScopeFollower> followers = Tree.Followers.Within(this);
        if (followers.Count == 0 || (Tree.Loop is { IsRunning: true } loop && loop.CheckAccess()))
        {
            Notify();
        }
        else
        {
            Tree.DispatchInOrder(_ => Notify(), null);
        }

        void Notify()
        {
            followers.ForEach(static follower => follower.NotifyChanged());
            EndShown();
        }
    }

    /// <summary>After the close: the followers let go of what they have shown.</summary>
    internal void CloseFollowers()
    {
        if (!Tree.Followers.IsEmpty)
        {
            Tree.Followers.Within(this).ForEach(static follower => follower.OnScopeClosed());
        }
    }
}
