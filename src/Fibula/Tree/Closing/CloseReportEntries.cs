using System.Collections.ObjectModel;

namespace Fibula;

/// <summary>The entries of a report on their way into it: sorted as they come, so that a report on very many costs nothing at its end.</summary>
/// <param name="expected">How many will probably be canceled: a list that grows copies itself in the middle of a turn.</param>
internal sealed class CloseReportEntries(int expected = 0)
{
    public static readonly CloseReportEntries None = new();

    private List<CloseReportEntry>? _ended;
    private List<CloseReportEntry>? _canceled;
    private List<CloseReportEntry>? _survivors;
    private List<CloseReportEntry>? _abandoned;

    public ReadOnlyCollection<CloseReportEntry> Ended => AsReadOnly(_ended);

    public ReadOnlyCollection<CloseReportEntry> Canceled => AsReadOnly(_canceled);

    public ReadOnlyCollection<CloseReportEntry> Survivors => AsReadOnly(_survivors);

    public ReadOnlyCollection<CloseReportEntry> Abandoned => AsReadOnly(_abandoned);

    public void Add(CloseReportEntry entry)
    {
        if (entry.IsLive)
        {
            (entry.IsAbandoned ? _abandoned ??= [] : _survivors ??= []).Add(entry);
        }
        else if (entry.State == BackgroundTaskState.Canceled)
        {
            (_canceled ??= new List<CloseReportEntry>(expected)).Add(entry);
        }
        else
        {
            (_ended ??= []).Add(entry);
        }
    }

    /// <summary>As many survivors will come at most.</summary>
    public void ExpectSurvivors(int count)
    {
        // Stryker disable once all : how much room a list has changes its speed alone
        if (count > 0)
        {
            (_survivors ??= []).EnsureCapacity(_survivors.Count + count);
        }
    }

    public CloseReportEntries Copy() => new()
    {
        _ended = Copy(_ended),
        _canceled = Copy(_canceled),
        _survivors = Copy(_survivors),
        _abandoned = Copy(_abandoned),
    };

    private static List<CloseReportEntry>? Copy(List<CloseReportEntry>? entries) => entries is null ? null : [.. entries];

    private static ReadOnlyCollection<CloseReportEntry> AsReadOnly(List<CloseReportEntry>? entries) =>
        entries?.AsReadOnly() ?? ReadOnlyCollection<CloseReportEntry>.Empty;
}
