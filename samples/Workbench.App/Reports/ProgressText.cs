using System.Globalization;

namespace Workbench;

/// <summary>How far a scan is, as people read it.</summary>
public static class ProgressText
{
    /// <summary>For example "Reading folders".</summary>
    public static string NameOf(ScanPhase phase) => phase switch
    {
        ScanPhase.Walking => "Reading folders",
        ScanPhase.FirstBlocks => "Reading first blocks",
        ScanPhase.Contents => "Comparing contents",
        _ => "Done",
    };

    /// <summary>For example "Comparing contents: 120 of 4,300 files, 1.1 GiB of 4.0 GiB (27 %)".</summary>
    public static string Format(ScanSnapshot snapshot) => snapshot.Phase is ScanPhase.Walking or ScanPhase.Done
        ? $"{NameOf(snapshot.Phase)}: {Counted.Format(snapshot.Files, "file")}, {ByteSize.Format(snapshot.Bytes)}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOf(snapshot.Phase)}: {snapshot.FilesDone:N0} of {Counted.Format(snapshot.FilesTotal, "file")}, {ByteSize.Format(snapshot.BytesDone)} of {ByteSize.Format(snapshot.BytesTotal)} ({Percent(snapshot)} %)");

    private static int Percent(ScanSnapshot snapshot) =>
        snapshot.BytesTotal == 0 ? 100 : (int)(100.0 * snapshot.BytesDone / snapshot.BytesTotal);
}
