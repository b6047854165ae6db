namespace Fibula;

/// <summary>What flows with the <see cref="ExecutionContext"/> of a task: its box, so that a timer which captured the context keeps neither the task nor a window alive.</summary>
/// <remarks>
/// The flow reaches further than the task: an event that one app's task raises may be handled on the UI thread of another app. The box does not
/// count there, since what such a handler starts belongs to the other app.
/// The box is besides the context that the continuation of the work captures, which saves a delegate for each task: a post to it says that the work has
/// ended. Never current while anybody's code runs.
/// </remarks>
internal sealed class AmbientTask(ITaskNode task) : TaskBox(task)
{
    private static readonly Action Nothing = static () => { };

    private static readonly AsyncLocal<TaskBox?> Flowing = new();

    /// <summary>The live task the calling code belongs to; null on the UI thread of another app.</summary>
    public static ITaskNode? CurrentTask =>
        Flowing.Value is { Task: { } live } && !UiThread.IsAnothers(live.Node.Scope.Context.Loop) ? live : null;

    /// <summary>The scope of the task the calling code belongs to; null on the UI thread of another app.</summary>
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

    /// <summary>A task and those it was started from, which may be waiting for it.</summary>
    public static IEnumerable<ITaskNode> WithStarters(ITaskNode? task)
    {
        for (; task is not null; task = task.Node.Parent ?? task.Node.Starter?.Task ?? task.Tree.OwnerTask)
        {
            yield return task;
        }
    }

    /// <summary>Lets the box flow with what the calling code does next.</summary>
    public static void Flow(TaskBox? box) => Flowing.Value = box;

    /// <summary>Has <see cref="TaskRun.BodyEnded"/> called when the work ends, at once on the thread that ends it.</summary>
    public static void OnCompleted(TaskBox box, Task work) => InlineContext.OnCompleted(work, Nothing, box);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Task is { } live)
        {
            TaskRun.BodyEnded(live, resumeInline: true);
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
