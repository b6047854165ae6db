using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Fibula.Tests.Faults;

/// <summary>Listens to the event source as a tool outside would, for the events whose first value is a given name.</summary>
internal sealed class FibulaListener(string name) : EventListener
{
    private readonly ConcurrentQueue<EventWrittenEventArgs> _events = new();
    private readonly SemaphoreSlim _written = new(0);

    /// <summary>The values of the events of one kind.</summary>
    public IEnumerable<IReadOnlyList<object?>> Of(string eventName) =>
        _events.Where(written => written.EventName == eventName && Equals(written.Payload?[0], name)).Select(written => written.Payload!);

    public bool WaitFor(string eventName)
    {
        while (!Of(eventName).Any())
        {
            if (!_written.Wait(TimeSpan.FromSeconds(30)))
            {
                return false;
            }
        }

        return true;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Fibula")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    // May be called before the fields are set: the base constructor enables sources that exist already.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        _events?.Enqueue(eventData);
        _written?.Release();
    }
}
