namespace Fibula.Tests.Conformance;

/// <summary>Looks again and again at what raises no event, until it is so or a minute is over.</summary>
internal static class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Completes once a look says yes.</summary>
    /// <param name="look">One look, with a turn of the loop to itself.</param>
    public static async Task UntilAsync(Func<Task<bool>> look)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await look())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail("What the test waits for has not come about.");
            }
        }
    }
}
