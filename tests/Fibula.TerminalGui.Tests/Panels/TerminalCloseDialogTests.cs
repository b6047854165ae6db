using Fibula.TerminalGui.Tests.Windows;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.TerminalGui.Tests.Panels;

public sealed class TerminalCloseDialogTests
{
    private readonly TaskCompletionSource _finish = new();

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Stop_OfAWindowWhoseTaskAsks_ShowsTheTaskAndFollowsIt()
    {
        var time = new FakeTimeProvider();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(time: time);

        // Without CloseAfterTasks.
        using RunningDialog window = await RunningDialog.OpenPlainAsync(terminal, "Details");
        BackgroundTask task = await terminal.OnUiAsync(() => window.View.Tasks.Run(ExportAsync, new TaskOptions { Name = "my_export", OnClose = ClosePolicy.Ask }));
        await terminal.OnUiAsync(window.View.RequestStop);
        var posted = new TaskCompletionSource();

        await terminal.ShowsAsync("A task is still running. Close 'Details'?");
        await terminal.ShowsAsync("my_export: 40 %, 0:00");
        time.Advance(TimeSpan.FromSeconds(1));
        await terminal.ShowsAsync("my_export: 40 %, 0:01");
        terminal.App.Post(posted.SetResult);
        _finish.SetResult();
        await posted.Task.WaitAsync(TestContext.Current.CancellationToken);
        await terminal.UntilAsync(() => task.IsCompleted);

        await terminal.HidesAsync("still running");
    }

    private Task ExportAsync(TaskContext task)
    {
        task.Report(2, 5);
        return _finish.Task.WaitAsync(task.CancellationToken);
    }
}
