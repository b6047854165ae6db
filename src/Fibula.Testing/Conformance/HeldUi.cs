namespace Fibula.Testing;

/// <summary>A UI thread that sits in a callback until it is released.</summary>
internal sealed class HeldUi : IDisposable
{
    // A case that fails while it holds the UI thread must not hold it for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the UI thread is in the callback.</summary>
    public Task Held => _held.Task;

    /// <summary>The callback.</summary>
    public void Hold()
    {
        _held.SetResult();
        _released.Wait(Limit);
    }

    public void Dispose() => _released.Set();
}
