namespace Fibula;

/// <summary>
/// What flows with the <see cref="ExecutionContext"/> of a task: a small box that leads to the task while it lives and to
/// its scope afterwards, so that a timer which captured the context keeps neither the task nor a window alive.
/// </summary>
internal sealed class AmbientTask(BackgroundTask task)
{
    private static readonly AsyncLocal<AmbientTask?> Flowing = new();

    private volatile WeakReference<TaskScope> _scope = task.Scope.WeakSelf;
    private volatile BackgroundTask? _task = task;

    public static AmbientTask? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The live task the calling code belongs to.</summary>
    public static BackgroundTask? CurrentTask => Flowing.Value?._task;

    public static TaskScope? CurrentScope
    {
        get
        {
            AmbientTask? box = Flowing.Value;
            if (box is null)
            {
                return null;
            }

            if (box._task is { } live)
            {
                return live.Scope;
            }

            return box._scope.TryGetTarget(out TaskScope? scope) && !scope.IsClosed ? scope : null;
        }
    }

    /// <summary>The task while it lives.</summary>
    public BackgroundTask? Task => _task;

    /// <summary>The task has moved.</summary>
    public void Follow(TaskScope scope) => _scope = scope.WeakSelf;

    public void Empty() => _task = null;
}
