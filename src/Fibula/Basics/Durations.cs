using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Checks the time spans of the public API where they are given, by one of three rules.</summary>
internal static class Durations
{
    /// <summary>Zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>: a limit.</summary>
    public static TimeSpan Limit(TimeSpan value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= TimeSpan.Zero || value == Timeout.InfiniteTimeSpan ? value
        : throw new ArgumentOutOfRangeException(name, value, "The time is negative. Use zero or more, or Timeout.InfiniteTimeSpan for no limit.");

    /// <summary>Half of a limit; that of no limit is none.</summary>
    public static TimeSpan Half(TimeSpan limit) => limit == Timeout.InfiniteTimeSpan ? limit : limit / 2;

    /// <summary>Zero or more: a delay.</summary>
    public static TimeSpan Delay(TimeSpan value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "The time is negative. Use zero or more.");

    /// <summary>More than zero: an interval.</summary>
    public static TimeSpan Interval(TimeSpan value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "The interval is zero or negative. Use more than zero.");

    /// <summary>Returns a time as a message names it: <c>0.25 s</c>, <c>1.5 min</c>, <c>2 h</c>, <c>60 days</c>.</summary>
    public static string Text(TimeSpan time)
    {
        (double value, string unit) = time.TotalMinutes < 1 ? (time.TotalSeconds, "s")
            : time.TotalHours < 1 ? (time.TotalMinutes, "min")
            : time.TotalDays < 1 ? (time.TotalHours, "h")
            : (time.TotalDays, time == TimeSpan.FromDays(1) ? "day" : "days");
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}");
    }
}
