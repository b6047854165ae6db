namespace Fibula;

/// <summary>The tree of tasks and scopes, and what of a task a request shows that is still on its way.</summary>
internal static class TreeExtensions
{
    extension(ITaskNode task)
    {
        public TaskTree Tree => (TaskTree)task.Node.Scope.Context;

        /// <summary>Where the task stands. Any thread, outside the gate.</summary>
        public BackgroundTaskState SeenState => task.Node.StateUnder(task.Tree.RequestFor(task) is not null);

        /// <summary>Why the task was asked to cancel; null if it was not. Any thread, outside the gate.</summary>
        public CancelReason? CancelReason
        {
            get
            {
                // In this order: a request that has come meanwhile has left its reason.
                ref TaskNode node = ref task.Node;
                CancelReason? onItsWay = node.IsCancelRequested ? null : task.Tree.RequestFor(task)?.Reason;
                return Volatile.Read(ref node.Reason) ?? onItsWay;
            }
        }
    }

    extension(ScopeNode scope)
    {
        public TaskTree Tree => (TaskTree)scope.Context;
    }
}
