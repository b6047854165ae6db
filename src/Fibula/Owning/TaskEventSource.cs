namespace Fibula;

/// <summary>Writes the event source's records about tasks and scopes.</summary>
internal static class TaskEventSource
{
    extension(FibulaEventSource log)
    {
        public void Ended(ITaskNode task)
        {
            if (log.IsEnabled())
            {
                log.TaskEnded(task.Node.Name, task.Node.Scope.Name, task.Node.State.ToString());
            }
        }

        public void EndedByOwnToken(ITaskNode task)
        {
            if (log.IsEnabled())
            {
                log.TaskStoppedByOwnToken(task.Node.Name, task.Node.Scope.Name, TaskExplainer.Explain(task));
            }
        }

        public void Faulted(IUnhandledFault fault)
        {
            if (log.IsEnabled())
            {
                log.TaskFaulted(fault.Name, fault.ScopeName, fault.Details);
            }
        }

        public void Unresponsive(ITaskNode task)
        {
            if (log.IsEnabled())
            {
                log.TaskUnresponsive(task.Node.Name, task.Node.Scope.Name, TaskExplainer.Explain(task));
            }
        }

        public void SubscriberFailed(string eventName, Exception error)
        {
            if (log.IsEnabled())
            {
                log.SubscriberThrew(eventName, ErrorText.DetailsOf(error));
            }
        }

        public void Closed(CloseReport report)
        {
            if (log.IsEnabled())
            {
                log.ScopeClosed(report.ScopeName, report.ToString());
            }
        }
    }
}
