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
    /// <summary>Under the gate.</summary>
    /// <param name="task">The task.</param>
    /// <param name="now">The time, read before the gate; without meaning for a task that has ended.</param>
    internal CloseReportEntry(BackgroundTask task, long now)
    {
        Name = task.Name;
        ScopeName = task.HomeName;
        State = task.State;
        Age = task.ElapsedAt(now);
        Reason = task.CancelReason;
        IsAbandoned = task.Policy.IsAbandon;
        WaitsFor = task.IsCompleted ? null : TaskExplainer.DescribeWaitInDepth(task);
    }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>The name of the scope the task was started in.</summary>
    public string ScopeName { get; }

    /// <summary>How it ended, or where it stood when the report was written.</summary>
    public BackgroundTaskState State { get; }

    /// <summary>The time from its start to its end, or to the report.</summary>
    public TimeSpan Age { get; }

    /// <summary>Who asked it to cancel, and why; null if nobody did.</summary>
    public CancelReason? Reason { get; }

    /// <summary>What a task that has not ended waits for: another owned task, a wait of Fibula's, or "something outside Fibula". Null for one that has ended.</summary>
    public string? WaitsFor { get; }

    internal bool IsAbandoned { get; }

    internal bool IsLive => State < BackgroundTaskState.Succeeded;

    /// <summary>Returns one sentence about the task.</summary>
    public override string ToString()
    {
        string age = Age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return Printable.Line(IsLive ? $"'{Name}' ({State}, {age} s old, waits for {WaitsFor})" : $"'{Name}' ({State} after {age} s)");
    }
}
