using CommunityToolkit.Mvvm.Messaging;

namespace LostTasks;

internal static class MessengerWork
{
    public static async Task WaitAsync(Trace trace, CancellationToken token)
    {
        object witness = trace.Begin();

        // docs: messenger
        var recipient = new Recipient();
        WeakReferenceMessenger.Default.Register<Recipient, string>(recipient, static (recipient, text) => recipient.Received.TrySetResult(text));
        try
        {
            await recipient.Received.Task.WaitAsync(token);
            trace.Resumed(witness);
        }
        finally
        {
            WeakReferenceMessenger.Default.UnregisterAll(recipient);
            trace.Finally();
        }
        // docs: end
    }

    private sealed class Recipient
    {
        public TaskCompletionSource<string> Received { get; } = new();
    }
}
