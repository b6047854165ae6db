using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace Fibula.Testing;

/// <summary>
/// Hears the runtime's own event for an <c>async</c> method that was collected before it ended. While anybody listens, the runtime gives each method that
/// has to wait a finalizer, which raises the event.
/// </summary>
internal sealed class LostMethodListener : EventListener
{
    private const string Source = "System.Threading.Tasks.TplEventSource";
    private const EventKeywords AsyncMethods = (EventKeywords)0x100;
    private const EventKeywords Operations = (EventKeywords)0x8;
    private const int OperationBegin = 14;
    private const int OperationEnd = 15;
    private const int IncompleteAsyncMethod = 27;
    private const string AsyncOperation = "Async: ";

    // The listener whose watch was opened last in this flow.
    private static readonly AsyncLocal<LostMethodListener?> Innermost = new();

    // What began here and has not ended, by the runtime's number of it: the type of the method. Only that tells whose a lost method was.
    private readonly ConcurrentDictionary<int, string> _pending = [];
    private readonly ConcurrentQueue<string> _lost = [];
    private readonly LostMethodListener? _outer = Innermost.Value;
    private volatile bool _isOver;
    private volatile bool _hasHeardTheProbe;

    public LostMethodListener()
    {
        Innermost.Value = this;
        LoseTheProbe();
    }

    /// <summary>The names of what was lost so far.</summary>
    public IEnumerable<string> Lost => _lost;

    /// <summary>Whether the listener has heard of the method that it loses itself, to prove that it would hear of others.</summary>
    public bool HasHeardTheProbe => _hasHeardTheProbe;

    public override void Dispose()
    {
        base.Dispose();
        _isOver = true;
        _pending.Clear();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Informational, AsyncMethods | Operations);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        switch (eventData.EventId, eventData.Payload)
        {
            case (OperationBegin, [int id, string operation, ..]) when operation.StartsWith(AsyncOperation, StringComparison.Ordinal) && IsOfThisWatch():
                _pending[id] = operation[AsyncOperation.Length..];
                break;
            case (OperationEnd, [int id, ..]):
                _pending.TryRemove(id, out _);
                break;
            case (IncompleteAsyncMethod, [string description, ..]):
                OnLost(new LostMethod(description));
                break;
        }
    }

    // A flow belongs to the watches it was begun under. One that knows of no open watch, such as a timer's, may be anybody's.
    private bool IsOfThisWatch()
    {
        bool isAnybodys = true;
        for (LostMethodListener? watch = Innermost.Value; watch is not null; watch = watch._outer)
        {
            if (watch == this)
            {
                return true;
            }

            isAnybodys &= watch._isOver;
        }

        return isAnybodys;
    }

    // On the thread of the finalizers.
    private void OnLost(LostMethod method)
    {
        if (_pending.FirstOrDefault(begun => begun.Value == method.TypeName) is not { Value: not null } found || !_pending.TryRemove(found))
        {
            return;
        }

        if (method.TypeName.StartsWith($"<{nameof(WaitForNothingAsync)}>", StringComparison.Ordinal))
        {
            _hasHeardTheProbe = true;
        }
        else
        {
            _lost.Enqueue(method.Name);
        }
    }

    // Not inlined, so that nothing of it stays on the stack.
#pragma warning disable FIB0001 // To be lost is what the probe is for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoseTheProbe() => _ = WaitForNothingAsync();
#pragma warning restore FIB0001

    private static async Task WaitForNothingAsync() => await new TaskCompletionSource().Task.ConfigureAwait(false);
}
