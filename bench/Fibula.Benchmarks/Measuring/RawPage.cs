namespace Fibula.Benchmarks;

/// <summary>The peer of <see cref="OwnedPage"/>: the same calls, in a project that does not own its forgotten tasks.</summary>
internal sealed class RawPage
{
    /// <summary>How many calls have ended.</summary>
    public int Ended { get; private set; }

    public static void Count(int ended)
    {
        for (int i = 0; i < ended; i++)
        {
            Done.Add();
        }
    }

#pragma warning disable FIB0001, FIB0002, FIB0003 // The peer is what a program without Fibula writes.
    public void DropCall() => _ = SuspendOnceAsync();

    public async void RunVoid()
    {
        await Task.Yield();
        Ended++;
    }
#pragma warning restore FIB0001, FIB0002, FIB0003

    private async Task SuspendOnceAsync()
    {
        await Task.Yield();
        Ended++;
    }
}
