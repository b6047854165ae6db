using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

/// <summary>The code of docs/guide/progress.md.</summary>
public sealed class ProgressGuideTests
{
    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    [Trait("Behaviour", "B69")]
    public void ImportAsync_HalfWayThroughItsSecondStep_IsAtFiveEighths()
    {
        BackgroundTask task = new TaskScope(_loop, "window").Run(ImportAsync);

        _loop.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("62 % · hashing", $"{task.Progress}");
        Assert.Equal("62 %, a few seconds left", TaskText.Progress(task.Progress));
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void TheViewModel_ShowsTheBarWhileTheImportRuns()
    {
        var model = new ImportModel(new TaskScope(_loop, "window"));
        model.Import();
        bool atOnce = model.Progress!.IsVisible;
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((false, true), (atOnce, model.Progress.IsVisible));
    }

    // docs: steps
    private static async Task ImportAsync(TaskContext task)
    {
        ProgressStep[] steps = task.SplitProgress(1, 3);           // hashing is three quarters of the work
        string[] files = await FindAsync(task, steps[0]);
        await HashAsync(task, files, steps[1]);

        task.ReportIndeterminate("closing the database");          // nobody knows how long
        await task.Delay(TimeSpan.FromSeconds(1));
    }

    private static async Task HashAsync(TaskContext task, string[] files, ProgressStep step)
    {
        step.Report(0, files.Length, "hashing");
        foreach (string file in files)
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            step.Advance();
        }
    }
    // docs: end

    private static async Task<string[]> FindAsync(TaskContext task, ProgressStep step)
    {
        await task.Delay(TimeSpan.FromSeconds(1));
        step.Report(1);
        return ["a", "b", "c", "d"];
    }

    // docs: view
    private sealed class ImportModel(TaskScope tasks)
    {
        public TaskProgressView? Progress { get; private set; }

        public void Import() => Progress = new TaskProgressView(tasks.Run(ImportAsync));
    }
    // docs: end
}
