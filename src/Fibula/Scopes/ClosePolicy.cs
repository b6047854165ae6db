namespace Fibula;

/// <summary>What closing a scope means for one of its tasks.</summary>
public sealed class ClosePolicy
{
    private ClosePolicy(TimeSpan finishWithin, bool isAbandon)
    {
        FinishWithin = finishWithin;
        IsAbandon = isAbandon;
    }

    /// <summary>Told to cancel at once, then waited for during <see cref="TaskScope.CloseGrace"/>. The default.</summary>
    public static ClosePolicy Cancel { get; } = new(TimeSpan.Zero, isAbandon: false);

    /// <summary>Told to cancel at once and not waited for; the report names it as abandoned.</summary>
    public static ClosePolicy Abandon { get; } = new(TimeSpan.Zero, isAbandon: true);

    internal TimeSpan FinishWithin { get; }

    internal bool IsAbandon { get; }

    /// <summary>Left alone for a time, then told to cancel like <see cref="Cancel"/>.</summary>
    /// <param name="within">How long the close waits before it tells the task.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is negative.</exception>
    public static ClosePolicy Finish(TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        return new ClosePolicy(within, isAbandon: false);
    }

    /// <summary>Says the policy the way it is written in code.</summary>
    public override string ToString() =>
        IsAbandon ? "Abandon" : FinishWithin == TimeSpan.Zero ? "Cancel" : $"Finish({FinishWithin})";
}
