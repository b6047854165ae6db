namespace Fibula;

/// <summary>The entries of a report on their way into it: sorted as they come, so that a report on very many costs nothing at its end.</summary>
/// <param name="expected">How many will probably be canceled: a list that grows copies itself in the middle of a turn.</param>
internal sealed class CloseReportEntries(int expected = 0)
{
    public List<CloseReportEntry> Ended { get; } = [];

    public List<CloseReportEntry> Canceled { get; } = new(expected);

    public List<CloseReportEntry> Survivors { get; } = [];

    public List<CloseReportEntry> Abandoned { get; } = [];

    public void Add(CloseReportEntry entry) => ListOf(entry).Add(entry);

    public CloseReportEntries Copy()
    {
        var copy = new CloseReportEntries();
        copy.Ended.AddRange(Ended);
        copy.Canceled.AddRange(Canceled);
        copy.Survivors.AddRange(Survivors);
        copy.Abandoned.AddRange(Abandoned);
        return copy;
    }

    private List<CloseReportEntry> ListOf(CloseReportEntry entry) =>
        entry.IsLive ? (entry.IsAbandoned ? Abandoned : Survivors)
        : entry.State == BackgroundTaskState.Canceled ? Canceled
        : Ended;
}
