using System.Globalization;

namespace Fibula;

/// <summary>How a close went: who ended, who was canceled, and who still lives, each by name.</summary>
/// <remarks>The lists tell of the tasks that lived when the close began; the numbers count all tasks the scope ever had.</remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#report">
/// CloseReport report = await tab.CloseAsync();
/// foreach (CloseReportEntry survivor in report.Survivors)
/// {
///     _log.Add($"{survivor.Name} still runs and waits for {survivor.WaitsFor}.");
/// }
/// </code>
/// </example>
public sealed class CloseReport
{
    // Takes over the entries, which nobody changes afterwards.
    internal CloseReport(TaskScope scope, CancelReason reason, CloseReportEntries entries, TimeSpan duration)
    {
        ScopeName = scope.Name;
        Reason = reason;
        Duration = duration;
        Ended = entries.Ended.AsReadOnly();
        Canceled = entries.Canceled.AsReadOnly();
        Survivors = entries.Survivors.AsReadOnly();
        Abandoned = entries.Abandoned.AsReadOnly();
        StartedCount = scope.Counts.Started;
        SucceededCount = scope.Counts.Succeeded;
        CanceledCount = scope.Counts.Canceled;
        FaultedCount = scope.Counts.Faulted;
        LivingCount = scope.LivingCount;
    }

    /// <summary>The name of the scope that was closed.</summary>
    public string ScopeName { get; }

    /// <summary>Who closed it, and why.</summary>
    public CancelReason Reason { get; }

    /// <summary>How long the close took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The tasks that ended by themselves during the close, with success or a fault.</summary>
    public IReadOnlyList<CloseReportEntry> Ended { get; }

    /// <summary>The tasks that ended during the close because they were told to.</summary>
    public IReadOnlyList<CloseReportEntry> Canceled { get; }

    /// <summary>The tasks that were waited for in vain. They are held, and listed under the root, until they end.</summary>
    public IReadOnlyList<CloseReportEntry> Survivors { get; }

    /// <summary>The tasks that were told and not waited for, as their <see cref="ClosePolicy.Abandon"/> says.</summary>
    public IReadOnlyList<CloseReportEntry> Abandoned { get; }

    /// <summary>How many tasks the scope and its descendants have started in all their life.</summary>
    public int StartedCount { get; }

    /// <summary>How many of them succeeded.</summary>
    public int SucceededCount { get; }

    /// <summary>How many of them were canceled.</summary>
    public int CanceledCount { get; }

    /// <summary>How many of them faulted.</summary>
    public int FaultedCount { get; }

    /// <summary>How many of them had not ended: survivors and abandoned tasks.</summary>
    public int LivingCount { get; }

    /// <summary>How many of them have neither ended nor are held as living: always 0, or the library has lost one.</summary>
    public int LostCount => StartedCount - SucceededCount - CanceledCount - FaultedCount - LivingCount;

    /// <summary>Returns the report in one line: <c>12 tasks: 9 finished, 2 canceled by SIGINT, 1 survivors, 0 lost, 0 faults</c>.</summary>
    public override string ToString()
    {
        string by = CanceledCount > 0 ? $" by {Reason.RequestedBy}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{StartedCount} tasks: {SucceededCount} finished, {CanceledCount} canceled{by}, {LivingCount} survivors, {LostCount} lost, {FaultedCount} faults");
    }
}
