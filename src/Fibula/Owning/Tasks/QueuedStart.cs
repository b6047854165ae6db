namespace Fibula;

/// <summary>Work that could not begin where it was started, with the execution context of its caller.</summary>
internal sealed class QueuedStart(ITaskNode task, ExecutionContext? flow, bool onPool) : IThreadPoolWorkItem
{
    /// <summary>On the loop: begins, or queues the work to the pool.</summary>
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

    public void HandToThePool() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        RestoreFlow();
        TaskRun.BeginFromQueue(task, context: null, resumeInline: true);
    }

    // The caller, the loop's turn or the pool, restores its own context afterwards.
    private void RestoreFlow()
    {
        if (flow is not null)
        {
            ExecutionContext.Restore(flow);
        }
    }
}
