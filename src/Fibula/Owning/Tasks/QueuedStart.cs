namespace Fibula;

/// <summary>Work that could not begin where it was started, with the flow of whoever started it.</summary>
internal sealed class QueuedStart(BackgroundTask task, ExecutionContext? flow, bool onPool)
{
    /// <summary>On the loop: begins, or goes on to the pool.</summary>
    public void Run()
    {
        if (onPool)
        {
            HandToThePool();
            return;
        }

        Run(resumeInline: true);
    }

    /// <summary>On the loop's thread: begins there.</summary>
    public void Run(bool resumeInline)
    {
        RestoreFlow();
        TaskRun.BeginFromQueue(task, task.Tree.Loop?.Context, resumeInline);
    }

    public void HandToThePool() =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static start =>
            {
                start.RestoreFlow();
                TaskRun.BeginFromQueue(start.Task, context: null, resumeInline: true);
            },
            this,
            preferLocal: false);

    private BackgroundTask Task => task;

    // Whoever runs us, the loop's turn or the pool, puts its own back afterwards.
    private void RestoreFlow()
    {
        if (flow is not null)
        {
            ExecutionContext.Restore(flow);
        }
    }
}
