using System.Globalization;

namespace Fibula;

/// <summary>The outcome of a close: the tasks that ended, were canceled, or still run, by name.</summary>
/// <remarks>The lists name the tasks that were running when the close began. The counts include all tasks that the scope and its descendants ever started, so they may be
/// larger: a task that the user canceled earlier counts in <see cref="CanceledCount"/> and is not in <see cref="Canceled"/>.</remarks>
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
    private readonly int _canceledByThis;

    // Takes over the entries, which nobody changes afterwards.
    internal CloseReport(string scopeName, CancelReason reason, CloseReportEntries entries, TaskCounts counts, int livingCount, TimeSpan duration)
    {
        ScopeName = scopeName;
        Reason = reason;
        Duration = duration;
        Ended = entries.Ended;
        Canceled = entries.Canceled;
        Survivors = entries.Survivors;
        Abandoned = entries.Abandoned;
        StartedCount = counts.Started;
        SucceededCount = counts.Succeeded;
        CanceledCount = counts.Canceled;
        FaultedCount = counts.Faulted;
        LivingCount = livingCount;
        for (int i = 0; i < Canceled.Count; i++)
        {
            _canceledByThis += Canceled[i].Reason == reason ? 1 : 0;
        }
    }

    /// <summary>The name of the scope that was closed.</summary>
    public string ScopeName { get; }

    /// <summary>Who closed it, and why.</summary>
    public CancelReason Reason { get; }

    /// <summary>How long the close took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The tasks that succeeded or failed during the close.</summary>
    public IReadOnlyList<CloseReportEntry> Ended { get; }

    /// <summary>The tasks that ended during the close because they were asked to cancel.</summary>
    public IReadOnlyList<CloseReportEntry> Canceled { get; }

    /// <summary>The tasks that have not ended in time. The root keeps them alive and lists them until they end.</summary>
    public IReadOnlyList<CloseReportEntry> Survivors { get; }

    /// <summary>The tasks with <see cref="ClosePolicy.Abandon"/> that still run: the close did not wait for them.</summary>
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

    /// <summary>Returns the report in one line: <c>12 tasks: 9 finished, 2 canceled by SIGINT, 1 survivor, 0 lost, 0 failed</c>. Where not all canceled tasks
    /// were canceled by this close, it says how many were: <c>3 canceled, 2 of them by SIGINT</c>. Abandoned tasks are counted apart where there are any.</summary>
    public override string ToString()
    {
        string by = _canceledByThis == 0 ? string.Empty
            : _canceledByThis == CanceledCount ? $" by {Reason.RequestedBy}"
            : $", {_canceledByThis} of them by {Reason.RequestedBy}";
        int abandonedCount = Math.Min(Abandoned.Count, LivingCount);
        string abandoned = abandonedCount == 0 ? string.Empty : $", {abandonedCount} abandoned";
        return Printable.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted(StartedCount, "task")}: {SucceededCount} finished, {CanceledCount} canceled{by}, {Counted(LivingCount - abandonedCount, "survivor")}{abandoned}, {LostCount} lost, {FaultedCount} failed"));
    }

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
