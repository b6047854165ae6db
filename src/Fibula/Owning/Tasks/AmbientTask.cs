namespace Fibula;

/// <summary>The box that flows with the <see cref="ExecutionContext"/> of a task, so that a timer that captured the context keeps neither the task nor a window alive.</summary>
/// <remarks>
/// The flow reaches beyond the task: an event that one app's task raises may be handled on the UI thread of another app. The box is ignored
/// there, since tasks that such a handler starts belong to the other app.
/// The box is also the synchronization context that the continuation of the work captures, which saves a delegate per task: a post to it means that the work has
/// ended. It is never current while the program's code runs.
/// </remarks>
internal sealed class AmbientTask(ITaskNode task) : TaskBox(task)
{
    private static readonly Action Nothing = static () => { };

    private static readonly AsyncLocal<TaskBox?> Flowing = new();

    /// <summary>The live task that the calling code belongs to; null on the UI thread of another app.</summary>
    public static ITaskNode? CurrentTask =>
        Flowing.Value is { Task: { } live } && !UiThread.IsAnothers(live.Node.Scope.Context.Loop) ? live : null;

    /// <summary>The scope of the task that the calling code belongs to; null on the UI thread of another app.</summary>
    public static ScopeNode? CurrentScope
    {
        get
        {
            TaskBox? box = Flowing.Value;
            return box?.Scope is { } scope
                && !UiThread.IsAnothers(scope.Context.Loop)
                && (box.Task is not null || scope.State != ScopeState.Closed)
                    ? scope
                    : null;
        }
    }

    /// <summary>A task and the tasks that started it, which may be waiting for it.</summary>
    public static IEnumerable<ITaskNode> WithStarters(ITaskNode? task)
    {
        for (; task is not null; task = OriginOf(task))
        {
            yield return task;
        }
    }

    /// <summary>Whether a task, or one that started it, is in a scope. It may have ended.</summary>
    public static bool StartedWithin(ITaskNode? task, ScopeNode scope)
    {
        while (task is not null && !task.Node.Scope.IsWithin(scope))
        {
            task = OriginOf(task);
        }

        return task is not null;
    }

    /// <summary>Makes the box flow with the calling code from now on.</summary>
    public static void Flow(TaskBox? box) => Flowing.Value = box;

    /// <summary>Calls <see cref="TaskRun.BodyEnded"/> when the work ends, immediately on the thread that ends it.</summary>
    public static void OnCompleted(TaskBox box, Task work) => InlineContext.OnCompleted(work, Nothing, box);

    private static ITaskNode? OriginOf(ITaskNode task) => task.Node.Parent ?? task.Node.Starter?.Task ?? task.Tree.OwnerTask;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Task is { } live)
        {
            TaskRun.BodyEnded(live, resumeInline: true);
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
