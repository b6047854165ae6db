namespace Fibula;

/// <summary>What closing a scope means for one of its tasks.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#policy">
/// this.Tasks.Run(SaveAsync, new TaskOptions { OnClose = ClosePolicy.Finish(within: TimeSpan.FromSeconds(10)) });
/// this.Tasks.Run(ExportAsync, new TaskOptions { OnClose = ClosePolicy.Ask });                 // the user decides
/// this.Tasks.Run(SendStatisticsAsync, new TaskOptions { OnClose = ClosePolicy.Abandon });     // holds nothing up
/// </code>
/// </example>
public sealed class ClosePolicy
{
    private readonly string _name;

    private ClosePolicy(string name, TimeSpan finishWithin = default)
    {
        _name = name;
        FinishWithin = finishWithin;
    }

    /// <summary>Canceled immediately, then waited for during <see cref="TaskScope.CloseGrace"/>. The default.</summary>
    public static ClosePolicy Cancel { get; } = new("Cancel");

    /// <summary>Canceled immediately and not waited for; the report names it as abandoned.</summary>
    public static ClosePolicy Abandon { get; } = new("Abandon");

    /// <summary>The user decides, before anything is canceled: wait, cancel, stay, or keep it running in the app; see <see cref="CloseQuestion"/>. Where nobody is asked
    /// (<see cref="TaskScope.CloseAsync"/>, a signal, the end of the loop) it is as <see cref="Cancel"/>.</summary>
    public static ClosePolicy Ask { get; } = new("Ask");

    internal TimeSpan FinishWithin { get; }

    internal bool IsAbandon => this == Abandon;

    internal bool IsAsk => this == Ask;

    /// <summary>Left alone for a time, then asked to cancel like <see cref="Cancel"/>.</summary>
    /// <param name="within">How long the close waits before it cancels the task; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is negative.</exception>
    public static ClosePolicy Finish(TimeSpan within)
    {
        Durations.Limit(within);
        return within == Timeout.InfiniteTimeSpan ? new ClosePolicy("Finish", TimeSpan.MaxValue)
            : within == TimeSpan.Zero ? Cancel
            : new ClosePolicy($"Finish({within})", within);
    }

    /// <summary>Says the policy the way it is written in code.</summary>
    public override string ToString() => _name;
}
