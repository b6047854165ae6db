using Fibula;

namespace Workbench;

/// <summary>For programs: what happens to each task, and each result, as one line of JSON on standard output.</summary>
internal sealed class JsonScreen : IScreen
{
    private readonly StandardOutput _output = new();

    public bool Show(WorkbenchApp app)
    {
        ProgressLines.Write(app, TimeProvider.System);
        app.Tasks.TaskStarted += Follow;
        foreach (FolderScan folder in app.Folders)
        {
            folder.Ended += () => Report(app, folder);
        }

        app.Told += sentence => StandardError.WriteLine($"workbench: {sentence}");
        app.Run(new EventLoop());
        _output.WriteLine(JsonEvents.Format(app.CloseReport!));
        return !_output.IsLost;
    }

    private void Follow(BackgroundTask task)
    {
        _output.WriteLine(JsonEvents.Format(task, task.State));
        task.StateChanged += (_, state) => _output.WriteLine(JsonEvents.Format(task, state));
    }

    private void Report(WorkbenchApp app, FolderScan folder)
    {
        ScanResult result = folder.Result!;
        _output.WriteLine(JsonReport.Format(result));
        if (result.Problem is { } problem)
        {
            StandardError.WriteLine($"workbench: {problem}");
        }

        if (!app.IsScanning || _output.IsLost)
        {
            app.Exit();
        }
    }
}
