namespace Fibula.Benchmarks;

/// <summary>What contestants run.</summary>
internal static class Work
{
    public static async Task SuspendOnceAsync()
    {
        await Task.Yield();
        Done.Add();
    }

    /// <summary>Waits until it is canceled, and ends without an exception: throwing one takes longer than all else that is measured.</summary>
    public static async Task PendAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Done.Add();
    }

    /// <summary>Waits until a gate opens, whatever its owner wants.</summary>
    public static async Task WaitForAsync(Task gate)
    {
        await gate;
        Done.Add();
    }
}
