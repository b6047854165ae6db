namespace Fibula;

/// <summary>Leads to a task while it lives and to its scope afterwards, so that whoever keeps it keeps neither the task nor a window alive.</summary>
/// <param name="task">The task, which has a scope.</param>
/// <remarks>It is a context besides, which saves an object for each task; see <see cref="AmbientTask"/>.</remarks>
internal abstract class TaskBox(ITaskNode task) : SynchronizationContext
{
    private volatile WeakReference<ScopeNode> _scope = task.Node.Scope.WeakSelf;
    private volatile ITaskNode? _task = task;

    /// <summary>The task while it lives.</summary>
    public ITaskNode? Task => _task;

    /// <summary>The scope that the task belongs or belonged to, as long as somebody holds it.</summary>
    public ScopeNode? Scope => _scope.TryGetTarget(out ScopeNode? scope) ? scope : null;

    /// <summary>The task is in another scope from here on.</summary>
    public void Follow(ScopeNode scope) => _scope = scope.WeakSelf;

    /// <summary>The task has ended.</summary>
    public void Empty() => _task = null;
}
