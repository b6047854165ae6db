using System.Text;
using Fibula;

namespace Workbench;

/// <summary>Writes the report of a folder to a file: beside it first, renamed when it is whole, so that nobody ever sees a part of one.</summary>
public static class ReportFile
{
    // docs: export
    private static readonly ClosePolicy OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(10));
    // docs: end

    /// <summary>Why no report can be written there, and what to type instead; null where it can.</summary>
    /// <param name="path">The file: its ending says what is written.</param>
    public static string? FindProblem(string path) =>
        path.Length == 0 ? "Type the name of a file that ends in .csv or .json."
        : !IsCsv(path) && !IsJson(path) ? "The name must end in .csv or in .json: that says what is written."
        : Directory.Exists(path) ? "That is a folder. Type the name of a file."
        : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? "There is no such folder. Make it first, or type another."
        : null;

    /// <summary>Writes the report, in place of a file that is there.</summary>
    /// <param name="folder">The folder: its tab owns the task. Closed meanwhile, it waits ten seconds for the report.</param>
    /// <param name="path">The file.</param>
    /// <returns>The task. It fails where the file can't be written, and leaves then what was there.</returns>
    /// <exception cref="ArgumentException"><see cref="FindProblem"/> finds one, or there is no result.</exception>
    public static BackgroundTask Write(FolderScan folder, string path)
    {
        ScanResult result = folder.Result ?? throw new ArgumentException("The folder was not scanned yet.", nameof(folder));
        if (FindProblem(path) is { } problem)
        {
            throw new ArgumentException(problem, nameof(path));
        }

        string full = Path.GetFullPath(path);
        return folder.Tasks.RunOnThreadPool(
            task => WriteBeside(task, result, full), new TaskOptions { Name = $"Export {VisibleText.Of(Path.GetFileName(full))}", OnClose = OnClose });
    }

    private static void WriteBeside(TaskContext task, ScanResult result, string path)
    {
        string unfinished = Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew))
            {
                WriteContent(task, result, path, stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void WriteContent(TaskContext task, ScanResult result, string path, Stream stream)
    {
        if (IsJson(path))
        {
            using var json = new StreamWriter(stream, new UTF8Encoding(), leaveOpen: true);
            json.WriteLine(JsonReport.Format(result));
            return;
        }

        // The mark tells spreadsheets that it is UTF-8.
        using var csv = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        CsvReport.Write(csv, result, groups =>
        {
            task.ThrowIfCancellationRequested();
            task.Report(groups, result.Groups.Count, "Writing");
        });
    }

    private static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
}
