using System.Diagnostics.Tracing;

namespace Fibula;

/// <summary>The event source named <c>Fibula</c>: starts nothing, costs nothing while nobody listens. Make the texts only where it is enabled.</summary>
[EventSource(Name = SourceName)]
internal sealed class FibulaEventSource : EventSource
{
    private const string SourceName = "Fibula";

    // Also given here: the attribute is read by reflection, which takes two thirds of the time that the first event source of a program needs.
    private FibulaEventSource()
        : base(SourceName, EventSourceSettings.EtwManifestEventFormat)
    {
    }

    public static FibulaEventSource Log { get; } = new();

    /// <summary>A cancellation has left an <c>async void</c> method, which nobody can await.</summary>
    [NonEvent]
    public void Canceled(string name, string? app, Exception cancellation)
    {
        if (IsEnabled())
        {
            CallbackCanceled(name, app ?? "no app", cancellation.Message);
        }
    }

    [Event(1, Level = EventLevel.Informational)]
    public void TaskEnded(string name, string scope, string state) => WriteEvent(1, name, scope, state);

    [Event(2, Level = EventLevel.Error)]
    public void TaskFaulted(string name, string scope, string fault) => WriteEvent(2, name, scope, fault);

    [Event(3, Level = EventLevel.Error)]
    public void SubscriberThrew(string eventName, string error) => WriteEvent(3, eventName, error);

    [Event(4, Level = EventLevel.Informational)]
    public void ScopeClosed(string scope, string report) => WriteEvent(4, scope, report);

    [Event(5, Level = EventLevel.Warning)]
    public void TaskUnresponsive(string name, string scope, string explanation) => WriteEvent(5, name, scope, explanation);

    [Event(6, Level = EventLevel.Warning)]
    public void TaskStoppedByOwnToken(string name, string scope, string explanation) => WriteEvent(6, name, scope, explanation);

    [Event(7, Level = EventLevel.Informational)]
    public void CallbackCanceled(string name, string scope, string reason) => WriteEvent(7, name, scope, reason);
}
