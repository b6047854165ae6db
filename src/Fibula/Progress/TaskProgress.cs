using System.Globalization;

namespace Fibula;

/// <summary>How far a task has come, as its work last reported it.</summary>
public readonly record struct TaskProgress
{
    /// <summary>Nothing has been reported.</summary>
    public static TaskProgress None => default;

    /// <summary>From 0 to 1; null where the work has not said how much there is.</summary>
    public double? Fraction { get; init; }

    /// <summary>How many units are done, where the work counts.</summary>
    public long Completed { get; init; }

    /// <summary>How many units there are; null where that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>What is being done; null where the work has not said.</summary>
    public string? Message { get; init; }

    /// <summary>True while it is not known how much there is to do: at first, and after <see cref="TaskContext.ReportIndeterminate"/>. A bar then shows only that
    /// something goes on.</summary>
    public bool IsIndeterminate => Fraction is null;

    /// <summary>Returns the progress in a few words: <c>42 % · hashing</c>.</summary>
    public override string ToString()
    {
        string amount = Fraction is { } fraction
            ? fraction.ToString("P0", CultureInfo.InvariantCulture)
            : Completed > 0 ? Completed.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return amount.Length > 0 && Message is not null ? $"{amount} · {Message}" : amount + Message;
    }
}
