namespace Fibula.Benchmarks;

/// <summary>Dropped calls in a project that owns its forgotten tasks.</summary>
public sealed class OwnedPage
{
    /// <summary>How many calls have ended.</summary>
    public int Ended { get; private set; }

    public void DropCall() => _ = SuspendOnceAsync();

    public async void RunVoid()
    {
        await Task.Yield();
        Ended++;
    }

    private async Task SuspendOnceAsync()
    {
        await Task.Yield();
        Ended++;
    }
}
