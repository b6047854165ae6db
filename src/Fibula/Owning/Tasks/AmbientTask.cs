namespace Fibula;

/// <summary>
/// What flows with the <see cref="ExecutionContext"/> of a task: a small box that leads to the task while it lives and to
/// its scope afterwards, so that a timer which captured the context keeps neither the task nor a window alive.
/// </summary>
/// <remarks>
/// The flow reaches further than the task: an event that one app's task raises may be handled on the UI thread of another app. The box does not
/// count there, since what such a handler starts belongs to the other app.
/// The box is besides the context that the continuation of the work captures, which saves a delegate for each task: a post to it says that the work has
/// ended. Never current while anybody's code runs.
/// </remarks>
internal sealed class AmbientTask(BackgroundTask task) : SynchronizationContext
{
    private static readonly Action Nothing = static () => { };

    private static readonly AsyncLocal<AmbientTask?> Flowing = new();

    private volatile WeakReference<TaskScope> _scope = task.Scope.WeakSelf;
    private volatile BackgroundTask? _task = task;

    /// <summary>The live task the calling code belongs to; null on the UI thread of another app.</summary>
    public static BackgroundTask? CurrentTask =>
        Flowing.Value is { _task: { } live } && !UiThread.IsAnothers(live.Tree.Loop) ? live : null;

    /// <summary>The scope of the task the calling code belongs to; null on the UI thread of another app.</summary>
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
                return UiThread.IsAnothers(live.Tree.Loop) ? null : live.Scope;
            }

            return box._scope.TryGetTarget(out TaskScope? scope) && !scope.IsClosed && !UiThread.IsAnothers(scope.Loop) ? scope : null;
        }
    }

    /// <summary>A task and those it was started from, which may be waiting for it.</summary>
    public static IEnumerable<BackgroundTask> WithStarters(BackgroundTask? task)
    {
        for (; task is not null; task = task.Parent ?? task.Starter ?? task.Tree.Joined)
        {
            yield return task;
        }
    }

    /// <summary>The task while it lives.</summary>
    public BackgroundTask? Task => _task;

    /// <summary>Lets the box flow with what the calling code does next.</summary>
    public static void Flow(AmbientTask? box) => Flowing.Value = box;

    /// <summary>Has <see cref="TaskRun.BodyEnded"/> called when the work ends, at once on the thread that ends it.</summary>
    public void Watch(Task work) => InlineContext.OnCompleted(work, Nothing, this);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_task is { } live)
        {
            TaskRun.BodyEnded(live, resumeInline: true);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The task has moved.</summary>
    public void Follow(TaskScope scope) => _scope = scope.WeakSelf;

    public void Empty() => _task = null;
}
