using System.Globalization;

namespace Fibula;

/// <summary>One task in a <see cref="CloseReport"/>. Holds text only, so that a report keeps nothing alive.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#report">
/// CloseReport report = await tab.CloseAsync();
/// foreach (CloseReportEntry survivor in report.Survivors)
/// {
///     _log.Add($"{survivor.Name} still runs and waits for {survivor.WaitsFor}.");
/// }
/// </code>
/// </example>
public sealed class CloseReportEntry
{
    internal CloseReportEntry(string name, string scopeName)
    {
        Name = name;
        ScopeName = scopeName;
    }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>The name of the scope the task was started in.</summary>
    public string ScopeName { get; }

    /// <summary>How it ended, or where it stood when the report was written.</summary>
    public BackgroundTaskState State { get; internal init; }

    /// <summary>The time from its start to its end, or to the report.</summary>
    public TimeSpan Age { get; internal init; }

    /// <summary>Who asked it to cancel, and why; null if nobody did.</summary>
    public CancelReason? Reason { get; internal init; }

    /// <summary>The wait of a task that is still running: another owned task, one of Fibula's own waits, or "something outside Fibula". Null if the task has ended.</summary>
    public string? WaitsFor { get; internal init; }

    internal bool IsAbandoned { get; init; }

    internal bool IsLive => State < BackgroundTaskState.Succeeded;

    /// <summary>Returns one sentence about the task.</summary>
    public override string ToString()
    {
        string age = Age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return Printable.Line(IsLive ? $"'{Name}' ({State}, {age} s old, waits for {WaitsFor})" : $"'{Name}' ({State} after {age} s)");
    }
}
