namespace Fibula;

/// <summary>The relations of a task that has any: a parent, children, the foreign task it stands for. Guarded by the tree's gate.</summary>
internal sealed class TaskKin
{
    private HashSet<BackgroundTask>? _children;

    /// <summary>Ends only after this task.</summary>
    public BackgroundTask? Parent { get; set; }

    public HashSet<BackgroundTask> Children => _children ??= [];

    public bool HasChildren => _children is { Count: > 0 };

    /// <summary>Stands for a task somebody else has started, see <see cref="TaskScope.Own(Task, TaskOptions, Action, string, string, string, int)"/>.</summary>
    public bool IsForeign { get; set; }

    /// <summary>How to tell the foreign task to cancel.</summary>
    public Action? CancelCallback { get; set; }

    public BackgroundTask[] ChildrenNow() => _children is null ? [] : [.. _children];

    /// <summary>Lets go of the parent: it must not be kept by a handle of an ended child.</summary>
    public BackgroundTask? TakeParent()
    {
        BackgroundTask? parent = Parent;
        Parent = null;
        return parent;
    }
}
