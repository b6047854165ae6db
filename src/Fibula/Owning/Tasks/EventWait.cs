namespace Fibula;

/// <summary>One wait of a task for an event of the program. It ends with the task, and leaves no handler behind.</summary>
internal static class EventWait
{
    private const string Description = "an event";

    /// <summary>Adds a handler, and removes it on the task's loop once the event was raised or the task was asked to cancel.</summary>
    public static Task<TArgs> Begin<THandler, TArgs>(
        ITaskNode task, Func<Action<TArgs>, THandler> convert, Action<THandler> add, Action<THandler> remove)
    {
        CancellationToken token = TaskRun.TokenOf(task);
        return token.IsCancellationRequested ? Task.FromCanceled<TArgs>(token) : WaitAsync(task, convert, add, remove, token);
    }

    private static async Task<TArgs> WaitAsync<THandler, TArgs>(
        ITaskNode task, Func<Action<TArgs>, THandler> convert, Action<THandler> add, Action<THandler> remove, CancellationToken token)
    {
        // What follows it only queues: no code of the program runs inside the event, or inside a call that cancels.
        var raised = new TaskCompletionSource<TArgs>();
        THandler handler = convert(args => raised.TrySetResult(args));
        add(handler);
        task.Node.WaitsFor = new WaitReason((object)Description);
        try
        {
            using (token.UnsafeRegister(static (raised, token) => ((TaskCompletionSource<TArgs>)raised!).TrySetCanceled(token), raised))
            {
                return await new LoopWait<TArgs>(task.Tree, raised.Task);
            }
        }
        finally
        {
            if (task.Node.WaitsFor.Is(Description))
            {
                task.Node.WaitsFor = default;
            }

            remove(handler);
        }
    }
}
