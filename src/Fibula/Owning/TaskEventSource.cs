namespace Fibula;

/// <summary>What the event source tells of tasks and scopes.</summary>
internal static class TaskEventSource
{
    extension(FibulaEventSource log)
    {
        public void Ended(BackgroundTask task)
        {
            if (log.IsEnabled())
            {
                log.TaskEnded(task.Name, task.Scope.Name, task.State.ToString());
            }
        }

        public void EndedByOwnToken(BackgroundTask task)
        {
            if (log.IsEnabled())
            {
                log.TaskStoppedByOwnToken(task.Name, task.Scope.Name, task.Explain());
            }
        }

        public void Faulted(TaskFault fault)
        {
            if (log.IsEnabled())
            {
                log.TaskFaulted(fault.Name, fault.ScopeName, fault.ToString());
            }
        }

        public void Unresponsive(BackgroundTask task)
        {
            if (log.IsEnabled())
            {
                log.TaskUnresponsive(task.Name, task.Scope.Name, task.Explain());
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
