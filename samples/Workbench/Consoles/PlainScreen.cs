using Fibula;
using Spectre.Console;

namespace Workbench;

/// <summary>For people and pipes: progress on standard error, as bars on a terminal, the reports on standard output.</summary>
internal sealed class PlainScreen : IScreen
{
    private readonly StandardOutput _output = new();

    public bool Show(WorkbenchApp app)
    {
        using TaskDisplay? bars = ShowBars(app);
        foreach (FolderScan folder in app.Folders)
        {
            folder.Ended += () => LeaveAfterTheLast(app);
        }

        app.Told += sentence => StandardError.WriteLine($"workbench: {sentence}");
        app.Run(new EventLoop());
        bars?.Dispose();
        foreach (FolderScan folder in app.Folders)
        {
            Report(folder);
        }

        return !_output.IsLost;
    }

    // The reports go to standard output, which may be a file while people look at the progress.
    private static TaskDisplay? ShowBars(WorkbenchApp app)
    {
        if (!Console.IsErrorRedirected)
        {
            return app.Tasks.ShowProgress(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
        }

        ProgressLines.Write(app, TimeProvider.System);
        return null;
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
