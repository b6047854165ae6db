using Fibula;

namespace Workbench;

/// <summary>Where the scan of a folder stands, in a line for people.</summary>
public static class StatusText
{
    /// <summary>For example "Done in 0:12. 4,300 files, 1.2 GiB; 45 groups of equal files, 310.0 MiB wasted".</summary>
    public static string Of(FolderScan folder) => folder switch
    {
        { IsRunning: true, State: BackgroundTaskState.Canceling } => $"Canceling. {ProgressText.Format(folder.Progress)}",
        { IsRunning: true } => ProgressText.Format(folder.Progress),
        { Result.Problem: { } problem } => problem,
        { Result: { Canceled: true } part } => $"Canceled after {Time(folder.Elapsed)}. Found until then: {Summarize(part)}",
        { Result: { } result } => $"Done in {Time(folder.Elapsed)}. {Summarize(result)}",
        _ => "Not scanned yet.",
    };

    /// <summary>For example "4,300 files, 1.2 GiB; 45 groups of equal files, 310.0 MiB wasted".</summary>
    public static string Summarize(ScanResult result)
    {
        string found = result.Groups.Count == 0
            ? "no equal files"
            : $"{Counted.Format(result.Groups.Count, "group")} of equal files, {ByteSize.Format(result.WastedBytes)} wasted";
        return $"{Counted.Format(result.Files, "file")}, {ByteSize.Format(result.Bytes)}; {found}";
    }

    private static string Time(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";
}
