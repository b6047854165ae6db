using Fibula;

namespace Workbench;

/// <summary>For people and pipes: progress on standard error, the reports on standard output.</summary>
internal sealed class PlainScreen : IScreen
{
    private readonly StandardOutput _output = new();

    public bool Show(WorkbenchApp app)
    {
        var progress = new ProgressLine(app, TimeProvider.System);
        foreach (FolderScan folder in app.Folders)
        {
            folder.Ended += () => LeaveAfterTheLast(app);
        }

        app.Told += sentence => StandardError.WriteLine($"workbench: {sentence}");
        app.Run(new EventLoop());
        progress.Clear();
        foreach (FolderScan folder in app.Folders)
        {
            Report(folder);
        }

        return !_output.IsLost;
    }

    private static void LeaveAfterTheLast(WorkbenchApp app)
    {
        if (!app.IsScanning)
        {
            app.Exit();
        }
    }

    private void Report(FolderScan folder)
    {
        if (folder.Result is not { } result)
        {
            StandardError.WriteLine($"workbench: the scan of '{folder.Folder}' did not stop in time and has no result.");
        }
        else if (result.Problem is { } problem)
        {
            StandardError.WriteLine($"workbench: {problem}");
        }
        else
        {
            _output.Write(writer => TextReport.Write(writer, result));
        }
    }
}
