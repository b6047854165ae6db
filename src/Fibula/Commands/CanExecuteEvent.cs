using System.Windows.Input;

namespace Fibula;

/// <summary>Raises <see cref="ICommand.CanExecuteChanged"/> for the commands of the core.</summary>
internal static class CanExecuteEvent
{
    /// <summary>On the UI thread: calls each subscriber. One that throws does not keep the others from being called.</summary>
    public static void Raise(EventHandler? subscribers, ICommand command, UiLoop? loop)
    {
        foreach (EventHandler subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            Subscriber.Invoke(loop, static call => call.subscriber(call.command, EventArgs.Empty), (subscriber, command), nameof(ICommand.CanExecuteChanged));
        }
    }
}
