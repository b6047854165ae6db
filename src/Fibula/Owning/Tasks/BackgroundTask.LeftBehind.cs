namespace Fibula;

/// <content>Tasks that have outlived the close of their scope: survivors, and those that were abandoned.</content>
public partial class BackgroundTask
{
    /// <summary>A survivor or an abandoned task: its scope is closed, the root lists it.</summary>
    internal bool IsLeftBehind => _relations?.LeftScopeName is not null;

    /// <summary>Under the gate: a survivor that was started in this scope or a descendant of it.</summary>
    internal bool IsLeftBehindBy(TaskScope scope) =>
        _relations?.LeftScope is { } home && home.IsWithin(scope.Identity);

    /// <summary>Under the gate: a survivor that is no longer listed.</summary>
    internal bool IsReleased => _relations is { IsReleased: true };

    /// <summary>Under the gate.</summary>
    internal void BecomeReleased() => _relations!.IsReleased = true;

    /// <summary>The name of the scope the task was started in: for those left behind not that of the root, which says nothing.</summary>
    internal string HomeName => _relations?.LeftScopeName ?? _scope.Name;

    /// <summary>Under the gate: becomes a survivor, owned by the root from now on. A child that is abandoned does not hold its parent.</summary>
    /// <returns>The parent that no longer waits for it; null for none.</returns>
    internal BackgroundTask? LeaveBehind()
    {
        Tree.AssertHeld();
        _relations ??= new TaskRelations();
        _relations.LeftScopeName = _scope.Name;
        _relations.LeftScope = _scope.Identity;
        _scope = Tree.Root;
        return Policy.IsAbandon ? _relations.LeaveParent(this) : null;
    }

    /// <summary>Under the gate.</summary>
    internal void RemoveChild(BackgroundTask child) => _relations!.Children.Remove(child);

    /// <summary>After the gate: an abandoned child has left; the task may have waited for it alone.</summary>
    internal void ChildLeft()
    {
        if (Tree.EndIfLast(this, leaving: null, Tree.Now()) is { } ending)
        {
            TaskEffectRunner.End(this, ending, resumeInline: false);
        }
    }
}
