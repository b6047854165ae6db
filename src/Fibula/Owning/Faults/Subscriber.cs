namespace Fibula;

/// <summary>Calls one subscriber of an event: an exception is written to standard error in one line, and the other subscribers are still called.</summary>
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
            Tell(loop, eventName, error);
        }
    }

    /// <summary>The same where the name has to be put together, which only an error is worth.</summary>
    public static void Invoke<T>(UiLoop? loop, Action<T> call, T argument, Func<T, string> eventName)
    {
        try
        {
            call(argument);
        }
        catch (Exception error)
        {
            Tell(loop, eventName(argument), error);
        }
    }

    // Not a fault: a subscriber of Faulted that throws would be called again for its own error, without end.
    private static void Tell(UiLoop? loop, string eventName, Exception error)
    {
        FibulaEventSource.Log.SubscriberFailed(eventName, error);
        LastResort.WriteLine(loop, Printable.Line($"A subscriber of {eventName} threw {error.GetType().Name}: {ErrorText.MessageOf(error)}"));
    }
}
