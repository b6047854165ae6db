using System.Globalization;

namespace Fibula;

/// <summary>How far a task has come, as its work last reported it.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/ProgressExampleTests.cs#progress">
/// import.PropertyChanged += (_, _) =>
/// {
///     TaskProgress progress = import.Progress;
///     _bar.IsIndeterminate = progress.IsIndeterminate;
///     _bar.Value = progress.Fraction ?? 0;
///     _status.Text = progress.Message;
/// };
/// </code>
/// </example>
public readonly record struct TaskProgress
{
    /// <summary>The progress before the first report.</summary>
    public static TaskProgress None => default;

    /// <summary>From 0 to 1; null where the work has not said how much there is.</summary>
    public double? Fraction { get; init; }

    /// <summary>How many units are done, where the work counts. With steps it is what the step that reported last has counted, and stands beside its
    /// <see cref="Message"/>: units of different steps cannot be added up, only <see cref="Fraction"/> covers the whole.</summary>
    public long Completed { get; init; }

    /// <summary>The total number of units; null if unknown. With steps, of the same step as <see cref="Completed"/>.</summary>
    public long? Total { get; init; }

    /// <summary>The current step; null if the work has not reported one.</summary>
    public string? Message { get; init; }

    /// <summary>How much is done in a second: units where the work counts, else, and always with steps, parts of the whole; null while there is nothing to tell it
    /// from.</summary>
    /// <remarks>An estimate by exponential smoothing, on the loop's clock: of two reports the later one counts more, and those in the same quarter of a second count
    /// as one. A pause that is longer than those before makes it smaller. The estimate restarts if the work goes back or changes the unit.</remarks>
    public double? Rate { get; init; }

    /// <summary>How long the rest will take at this <see cref="Rate"/>; null where that is not known, where it is more than a year, and once the task has ended.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>True while it is not known how much there is to do: at first, and after <see cref="TaskContext.ReportIndeterminate"/>. A bar then shows only that
    /// something goes on.</summary>
    public bool IsIndeterminate => Fraction is null;

    /// <summary>Returns the progress in a few words: <c>42 % · hashing</c>.</summary>
    public override string ToString()
    {
        string amount = Fraction is { } fraction
            ? string.Create(CultureInfo.InvariantCulture, $"{Percent(fraction)} %")
            : Completed > 0 ? Completed.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return amount.Length > 0 && Message is not null ? $"{amount} · {Message}" : amount + Message;
    }

    /// <summary>A fraction in whole percent, rounded down: 100 only once all is done.</summary>
    internal static int Percent(double fraction)
    {
        // 0.29 * 100 is a little less than 29.
        const double RoundingError = 1e-9;
        return fraction < 1 ? Math.Min(99, (int)((fraction * 100) + RoundingError)) : (int)(fraction * 100);
    }
}
