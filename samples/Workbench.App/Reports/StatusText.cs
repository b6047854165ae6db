using Fibula;

namespace Workbench;

/// <summary>Where the scan of a folder stands, in lines for people.</summary>
public static class StatusText
{
    /// <summary>For example "Done in 0:12. 4,300 files, 1.2 GiB".</summary>
    public static string Of(FolderScan folder) => folder switch
    {
        { IsRunning: true, State: BackgroundTaskState.Canceling } => $"Canceling. {ProgressText.Format(folder.Progress)}",
        { IsRunning: true, Result: not null } => $"Files have changed. {ProgressText.Format(folder.Progress)}",
        { IsRunning: true } => ProgressText.Format(folder.Progress),
        { Result.Problem: { } problem } => problem,
        { Result: { Canceled: true } part } => $"Canceled after {Time(folder.Elapsed)}. {Extent(part)}",
        { State: BackgroundTaskState.Canceled, Result: { } result } => $"Canceled, this is what was found before. {Extent(result)}",
        { Result: { } result } => $"Done in {Time(folder.Elapsed)}. {Extent(result)}",
        _ => "Not scanned yet.",
    };

    /// <summary>For example "45 groups of equal files, 310.0 MiB wasted", or what there is so far.</summary>
    public static string Found(FolderScan folder) => folder switch
    {
        { IsRunning: true, Result: null, Progress: { Groups: > 0 } progress } =>
            $"So far {Groups(progress.Groups, progress.WastedBytes)}. Cancel to list them now.",
        { Result: { Problem: null } result } => Found(result),
        _ => "",
    };

    /// <summary>For example "4,300 files, 1.2 GiB; 45 groups of equal files, 310.0 MiB wasted".</summary>
    public static string Summarize(ScanResult result) => $"{Extent(result)}; {Found(result)}";

    private static string Extent(ScanResult result) => $"{Counted.Format(result.Files, "file")}, {ByteSize.Format(result.Bytes)}";

    private static string Found(ScanResult result) =>
        result.Groups.Count > 0 ? Groups(result.Groups.Count, result.WastedBytes) : "no equal files";

    private static string Groups(long count, long wastedBytes) =>
        $"{Counted.Format(count, "group")} of equal files, {ByteSize.Format(wastedBytes)} wasted";

    private static string Time(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";
}
