namespace Fibula;

/// <summary>Calls one subscriber of an event: what it throws is told in one line and concerns nobody else.</summary>
internal static class Subscriber
{
    public static void Invoke<T>(UiLoop? loop, Action<T> call, T argument, string eventName)
    {
        try
        {
            call(argument);
        }
        catch (Exception error)
        {
            // Not a fault: a subscriber of Faulted that throws would be called again for its own error, without end.
            FibulaEventSource.Log.SubscriberFailed(eventName, error);
            LastResort.WriteLine(loop, $"A subscriber of {eventName} threw {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
