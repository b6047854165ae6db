namespace Fibula;

/// <summary>What of a task decides how a close treats it.</summary>
internal readonly record struct CloseTerms
{
    /// <summary>How long its policy leaves it alone; <see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public TimeSpan FinishWithin { get; init; }

    /// <summary>Its policy is not to wait for it.</summary>
    public bool IsAbandoned { get; init; }

    /// <summary>Repeated work that waits for its next run.</summary>
    public bool IsBetweenRuns { get; init; }

    /// <summary>A foreign task without a way to cancel it.</summary>
    public bool CannotBeCanceled { get; init; }

    /// <summary>It is inside a shield that still holds.</summary>
    public bool IsShielded { get; init; }
}
