namespace Fibula.Testing;

/// <summary>Work that runs while something is shown, and counts how often it begins and ends.</summary>
internal sealed class ShownWork
{
    public int Begun { get; private set; }

    public int Ended { get; private set; }

    /// <summary>Why it was stopped the last time.</summary>
    public string? LastReason { get; private set; }

    /// <summary>The work.</summary>
    public async Task RunAsync(TaskContext task)
    {
        Begun++;
        try
        {
            await SlowEnd.ForeverAsync(task);
        }
        finally
        {
            LastReason = task.CancelReason?.Message;
            Ended++;
        }
    }

    /// <summary>Hides what is shown, and shows it again.</summary>
    public async Task ExpectToStopAndBeginAsync(LoopTrial trial, Action<bool> show, string what, string view)
    {
        (int begun, int ended) = (Begun, Ended);
        await trial.OnUiAsync(() => show(false));
        await trial.UntilAsync(() => Ended > ended, $"{what} did not stop its work.");
        await trial.CalmAsync();
        Expect.Equal((begun, ended + 1), (Begun, Ended), $"{what} did not stop its work once.");
        Expect.Equal($"The view '{view}' is not shown any more.", LastReason, $"{what} stopped its work with another reason.");

        await trial.OnUiAsync(() => show(true));
        await trial.UntilAsync(() => Begun > begun, $"{what} did not begin its work again when it was shown.");
        await trial.CalmAsync();
        Expect.Equal((begun + 1, ended + 1), (Begun, Ended), $"{what} did not begin its work once when it was shown again.");
    }
}
