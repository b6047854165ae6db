using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Leads to a task while it runs, and to its scope afterwards. A reference to it keeps neither the task nor a window alive.</summary>
/// <param name="task">The task.</param>
/// <remarks>It is also a synchronization context, which saves an object per task; see <see cref="AmbientTask"/>.</remarks>
internal abstract class TaskBox(ITaskNode task) : SynchronizationContext
{
    // The task while it lives, then a weak reference to the scope: one field, since there is a box for each task.
    private volatile object _target = task;

    /// <summary>The task while it lives.</summary>
    public ITaskNode? Task => TaskOf(_target);

    /// <summary>The scope that the task belongs to or belonged to; null once that was collected.</summary>
    public ScopeNode? Scope =>
        _target is var target && TaskOf(target) is { } task ? task.Node.Scope
        : ((WeakReference<ScopeNode>)target).TryGetTarget(out ScopeNode? scope) ? scope : null;

    /// <summary>The task has ended. From now on the box leads to its last scope.</summary>
    public void Empty(ScopeNode last) => _target = last.WeakSelf;

    // Asking for the sealed class is faster than asking for the interface.
    private static ITaskNode? TaskOf(object target) => target is WeakReference<ScopeNode> ? null : Unsafe.As<ITaskNode>(target);
}
