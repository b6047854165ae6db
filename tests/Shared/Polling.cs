namespace Fibula.Tests.Conformance;

/// <summary>Waits for what raises no event, for a minute at most.</summary>
internal static class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Completes after a few turns of an app: what was posted to it before has run, and what that posted in its turn.</summary>
    public static async Task TurnsAsync(this UiApp app)
    {
        for (int turn = 0; turn < 5; turn++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(app.Post(done.SetResult));
            await done.Task.WaitAsync(Patience, TimeProvider.System);
        }
    }

    /// <summary>Looks again and again; completes once a look says yes.</summary>
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
