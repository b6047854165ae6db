using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Scopes;

public sealed class TaskScopeSurvivorTests
{
    private readonly TestLoop _loop = new();
    private readonly UiApp _app = new("app");
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _release = new();

    public TaskScopeSurvivorTests()
    {
        _app.Attach(_loop);
        _window = _app.Tasks.CreateChild("Import");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_TaskThatIgnoresIt_IsNamedWithAgeAskerAndWhatItWaitsFor()
    {
        _window.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        _loop.Advance(TimeSpan.FromSeconds(7));

        CloseReport report = Close(_window, "The user closed 'Import'.");

        CloseReportEntry survivor = Assert.Single(report.Survivors);
        Assert.Equal(("Upload", "Import", BackgroundTaskState.Canceling), (survivor.Name, survivor.ScopeName, survivor.State));
        Assert.Equal(TimeSpan.FromSeconds(12), survivor.Age);
        Assert.Equal("The user closed 'Import'.", survivor.Reason!.Message);
        Assert.Equal("TaskScopeSurvivorTests.Close", survivor.Reason.RequestedBy);
        Assert.Equal("something outside Fibula", survivor.WaitsFor);
        Assert.Equal("'Upload' (Canceling, 12.0 s old, waits for something outside Fibula)", survivor.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_TaskWithAbandon_IsToldAndNotWaitedForAndNamedAsAbandoned()
    {
        BackgroundTask task = _window.Run(() => _release.Task, new TaskOptions { Name = "Ping", OnClose = ClosePolicy.Abandon });

        CloseReport report = Close(_window);

        CloseReportEntry abandoned = Assert.Single(report.Abandoned);
        Assert.Equal(("Ping", "Import"), (abandoned.Name, abandoned.ScopeName));
        Assert.Empty(report.Survivors);
        Assert.Equal(TimeSpan.Zero, report.Duration);
        Assert.Equal((BackgroundTaskState.Canceling, "Scope 'Import' was closed."), (task.State, task.CancelReason!.Message));
        Assert.Equal("1 task: 0 finished, 0 canceled, 0 survivors, 1 abandoned, 0 lost, 0 failed", report.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_TaskThatWaitsForAnother_NamesThatOne()
    {
        BackgroundTask upload = _app.Tasks.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        _window.Run(async () => await upload, new TaskOptions { Name = "Import" });

        CloseReport report = Close(_window);

        Assert.Equal("'Upload'", Assert.Single(report.Survivors).WaitsFor);
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_TaskInAWaitOfFibulas_NamesIt()
    {
        _window.Run(
            task =>
            {
                task.Run(() => _release.Task, new TaskOptions { Name = "child" });
                return Task.CompletedTask;
            },
            new TaskOptions { Name = "parent" });

        CloseReport report = Close(_window);

        Assert.Equal(["its children", "something outside Fibula"], report.Survivors.Select(entry => entry.WaitsFor));
    }

    [Fact, Trait("Behaviour", "B41")]
    public void Snapshot_OfTheRoot_ListsSurvivorsAndAbandonedUntilTheyEnd()
    {
        BackgroundTask upload = _window.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        _window.Run(() => _release.Task, new TaskOptions { Name = "Ping", OnClose = ClosePolicy.Abandon });
        Close(_window);

        string[] listed = [.. _app.Tasks.Snapshot().Tasks.Select(task => $"{task.Name} in {task.ScopeName}")];
        _release.SetResult();
        _loop.RunUntilEnded(upload);

        Assert.Equal(["Ping in app", "Upload in app"], listed);
        Assert.Same(_app.Tasks, upload.Scope);
        Assert.Empty(_window.Snapshot().Tasks);
        Assert.Empty(_app.Tasks.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B41")]
    public void Faulted_OfASurvivor_IsRaisedAtTheRootOnly()
    {
        List<string> told = [];
        _window.Faulted += fault => told.Add($"window: {fault.Name}");
        _app.Tasks.Faulted += fault => told.Add($"root: {fault.Message} It was started in '{fault.ScopeName}'.");
        _window.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        Close(_window);

        _release.SetException(new InvalidOperationException("No network."));
        _loop.RunUntil(() => _loop.UnhandledFaults.Count > 0);

        Assert.Equal(["root: Task 'Upload' failed: No network. It was started in 'Import'."], told);
        Assert.Single(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfTheRoot_NamesItsOwnAndEarlierSurvivors()
    {
        _window.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        Close(_window);
        _app.Tasks.CreateChild("Export").Run(() => _release.Task, new TaskOptions { Name = "Download" });

        CloseReport report = Close(_app.Tasks);

        Assert.Equal(["Upload in Import", "Download in Export"], report.Survivors.Select(entry => $"{entry.Name} in {entry.ScopeName}"));
        Assert.Equal("3 tasks: 1 finished, 0 canceled, 2 survivors, 0 lost, 0 failed", report.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_SurvivorThatEndsBeforeTheRootCloses_IsCountedByHowItEnded()
    {
        BackgroundTask upload = _window.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        CloseReport first = Close(_window);
        _release.SetResult();
        _loop.RunUntilEnded(upload);

        CloseReport report = Close(_app.Tasks);

        Assert.Equal("1 task: 0 finished, 0 canceled, 1 survivor, 0 lost, 0 failed", first.ToString());
        Assert.Equal("2 tasks: 2 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", report.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfTheRootDuringWhichAnAbandonedTaskEnds_NamesIt()
    {
        var held = new TaskCompletionSource();
        _app.Tasks.Run(() => held.Task, new TaskOptions { Name = "Upload", OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(10)) });
        _window.Run(PingAsync, new TaskOptions { Name = "Ping", OnClose = ClosePolicy.Abandon });
        Close(_window);

        Task<CloseReport> closing = _app.Tasks.CloseAsync();
        _release.SetResult();
        _loop.RunUntilIdle();
        held.SetResult();
        _loop.RunUntilEnded(closing);

        Assert.Equal("Ping in Import", Assert.Single(closing.Result.Canceled.Select(entry => $"{entry.Name} in {entry.ScopeName}")));
        Assert.Equal("3 tasks: 2 finished, 1 canceled, 0 survivors, 0 lost, 0 failed", closing.Result.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfAScopeWhoseChildHadSurvivors_NamesThem()
    {
        TaskScope tab = _window.CreateChild("tab");
        tab.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        tab.Run(() => _release.Task, new TaskOptions { Name = "Ping", OnClose = ClosePolicy.Abandon });
        Close(tab);

        CloseReport report = Close(_window);

        Assert.Equal(["Upload in tab"], report.Survivors.Select(entry => $"{entry.Name} in {entry.ScopeName}"));
        Assert.Equal(["Ping in tab"], report.Abandoned.Select(entry => $"{entry.Name} in {entry.ScopeName}"));
        Assert.Equal("2 tasks: 0 finished, 0 canceled, 1 survivor, 1 abandoned, 0 lost, 0 failed", report.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfAScopeWhoseChildsSurvivorHasEnded_CountsHowItEnded()
    {
        TaskScope tab = _window.CreateChild("tab");
        BackgroundTask upload = tab.Run(() => _release.Task, new TaskOptions { Name = "Upload" });
        Close(tab);
        _release.SetResult();
        _loop.RunUntilEnded(upload);

        CloseReport report = Close(_window);

        Assert.Empty(report.Survivors);
        Assert.Equal("1 task: 1 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", report.ToString());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfEveryKind_SaysEachInTheReport()
    {
        _window.Run(() => Task.CompletedTask);
        _window.Run(() => _release.Task, new TaskOptions { Name = "deaf" });
        _window.Run(() => _release.Task, new TaskOptions { Name = "left", OnClose = ClosePolicy.Abandon });
        _window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "told" });
        _window.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { Name = "done", OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(2)) });
        _window.Run(FailWhenToldAsync, new TaskOptions { Name = "failed" });

        CloseReport report = Close(_window);

        Assert.Equal(["failed (Faulted after 0.0 s)", "done (Succeeded after 1.0 s)"], report.Ended.Select(Plain));
        Assert.Equal(["told (Canceled after 0.0 s)"], report.Canceled.Select(Plain));
        Assert.Equal(["deaf (Canceling, 5.0 s old, waits for something outside Fibula)"], report.Survivors.Select(Plain));
        Assert.Equal(["left (Canceling, 5.0 s old, waits for something outside Fibula)"], report.Abandoned.Select(Plain));
        Assert.Equal(("Import", TimeSpan.FromSeconds(5)), (report.ScopeName, report.Duration));
        Assert.Equal("6 tasks: 2 finished, 1 canceled by TaskScopeSurvivorTests.Close, 1 survivor, 1 abandoned, 0 lost, 1 failed", report.ToString());
    }

    private async Task PingAsync(TaskContext task)
    {
        await _release.Task;
        task.ThrowIfCancellationRequested();
    }

    private static string Plain(CloseReportEntry entry) => entry.ToString().Replace("'", "", StringComparison.Ordinal);

    private static async Task FailWhenToldAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException("No disk.");
        }
    }

    private CloseReport Close(TaskScope scope, string? reason = null)
    {
        Task<CloseReport> close = scope.CloseAsync(reason);
        _loop.RunUntilEnded(close);
        return close.Result;
    }
}
