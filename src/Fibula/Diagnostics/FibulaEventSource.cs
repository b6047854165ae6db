using System.Diagnostics.Tracing;

namespace Fibula;

/// <summary>The event source named <c>Fibula</c>: starts nothing, costs nothing while nobody listens.</summary>
[EventSource(Name = "Fibula")]
internal sealed class FibulaEventSource : EventSource
{
    public static FibulaEventSource Log { get; } = new();

    [NonEvent]
    public void Ended(BackgroundTask task)
    {
        if (IsEnabled())
        {
            TaskEnded(task.Name, task.Scope.Name, task.State.ToString());
        }
    }

    [NonEvent]
    public void EndedByOwnToken(BackgroundTask task)
    {
        if (IsEnabled())
        {
            TaskStoppedByOwnToken(task.Name, task.Scope.Name, task.Explain());
        }
    }

    [NonEvent]
    public void Faulted(TaskFault fault)
    {
        if (IsEnabled())
        {
            TaskFaulted(fault.Name, fault.ScopeName, fault.ToString());
        }
    }

    /// <summary>A cancellation has left an <c>async void</c> method, which nobody can await.</summary>
    [NonEvent]
    public void Canceled(string name, TaskScope? owner, BackgroundTaskCanceledException cancellation)
    {
        if (IsEnabled())
        {
            CallbackCanceled(name, owner?.Name ?? "no app", cancellation.Message);
        }
    }

    [NonEvent]
    public void Unresponsive(BackgroundTask task)
    {
        if (IsEnabled())
        {
            TaskUnresponsive(task.Name, task.Scope.Name, task.Explain());
        }
    }

    [NonEvent]
    public void SubscriberFailed(string eventName, Exception error)
    {
        if (IsEnabled())
        {
            SubscriberThrew(eventName, ErrorText.DetailsOf(error));
        }
    }

    [NonEvent]
    public void Closed(CloseReport report)
    {
        if (IsEnabled())
        {
            ScopeClosed(report.ScopeName, report.ToString());
        }
    }

    [Event(1, Level = EventLevel.Informational)]
    private void TaskEnded(string name, string scope, string state) => WriteEvent(1, name, scope, state);

    [Event(2, Level = EventLevel.Error)]
    private void TaskFaulted(string name, string scope, string fault) => WriteEvent(2, name, scope, fault);

    [Event(3, Level = EventLevel.Error)]
    private void SubscriberThrew(string eventName, string error) => WriteEvent(3, eventName, error);

    [Event(4, Level = EventLevel.Informational)]
    private void ScopeClosed(string scope, string report) => WriteEvent(4, scope, report);

    [Event(6, Level = EventLevel.Warning)]
    private void TaskStoppedByOwnToken(string name, string scope, string explanation) => WriteEvent(6, name, scope, explanation);

    [Event(5, Level = EventLevel.Warning)]
    private void TaskUnresponsive(string name, string scope, string explanation) => WriteEvent(5, name, scope, explanation);

    [Event(7, Level = EventLevel.Informational)]
    private void CallbackCanceled(string name, string scope, string reason) => WriteEvent(7, name, scope, reason);
}
