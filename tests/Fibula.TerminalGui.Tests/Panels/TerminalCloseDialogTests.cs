using Fibula.TerminalGui.Tests.Windows;
using Microsoft.Extensions.Time.Testing;
using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Panels;

public sealed class TerminalCloseDialogTests
{
    private const string Question = "A task is still running. Close 'Details'?";

    private readonly TaskCompletionSource _finish = new();

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Stop_OfAWindowWhoseTaskAsks_ShowsTheTaskAndFollowsIt()
    {
        var time = new FakeTimeProvider();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(time: time);
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "my_export");
        var posted = new TaskCompletionSource();

        await terminal.ShowsAsync("my_export: 40 %, 0:00");
        time.Advance(TimeSpan.FromSeconds(1));
        await terminal.ShowsAsync("my_export: 40 %, 0:01");
        terminal.App.Post(posted.SetResult);
        _finish.SetResult();
        await posted.Task.WaitAsync(TestContext.Current.CancellationToken);
        await terminal.UntilAsync(() => task.IsCompleted);

        await terminal.HidesAsync("still running");
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Progress_WhileTheQuestionIsOpen_IsShown()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        var progress = new TaskCompletionSource();
        await terminal.OnUiAsync(() => Details(terminal).Tasks.Run(
            async task =>
            {
                task.Report(1, 4);
                await progress.Task;
                task.Report(3, 4);
                await HeadlessTerminal.ForeverAsync(task.CancellationToken);
            },
            new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask }));
        await terminal.OnUiAsync(Details(terminal).RequestStop);

        await terminal.ShowsAsync("Export: 25 %");
        progress.SetResult();

        await terminal.ShowsAsync("Export: 75 %");
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Enter_Waits_ThenClosesTheWindow()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        await terminal.PressAsync(Key.Enter);
        await terminal.HidesAsync(Question);
        await terminal.IterationsAsync(3);
        (bool IsRunning, BackgroundTaskState State) meanwhile = (window.View.IsRunning, task.State);
        _finish.SetResult();
        await window.Closed;

        Assert.Equal((true, BackgroundTaskState.Running), meanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Cancel_TellsTheTaskAndClosesTheWindow()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        await ChooseAsync(terminal, tabs: 1);
        await window.Closed;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task KeepItRunning_ClosesTheWindowAtOnce_AndTheAppHasTheTask()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        await ChooseAsync(terminal, tabs: 2);
        await window.Closed;

        Assert.Same(terminal.App.Tasks, task.Scope);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        _finish.SetResult();
    }

    [Theory]
    [Trait("Behaviour", "B40")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stay_ByItsButtonOrEscape_LeavesEverythingAsItWas(bool isEscape)
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        await (isEscape ? terminal.PressAsync(Key.Esc) : ChooseAsync(terminal, tabs: 3));
        await terminal.HidesAsync(Question);
        await terminal.IterationsAsync(3);
        (bool IsRunning, BackgroundTaskState State) afterStay = (window.View.IsRunning, task.State);
        await terminal.UntilAsync(() => IsAskedAgain(terminal, window.View));
        await terminal.ShowsAsync(Question);

        Assert.Equal((true, BackgroundTaskState.Running), afterStay);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task TheEndOfTheTask_TakesTheQuestionBackAndClosesTheWindow()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        _finish.SetResult();
        await window.Closed;
        await terminal.HidesAsync(Question);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Single(terminal.Application.SessionStack!);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Stop_Twice_AsksOnce()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog window = await OpenAsync(terminal);
        await AskAsync(terminal, "Export");

        await terminal.OnUiAsync(window.View.RequestStop);
        await terminal.IterationsAsync(3);
        int sessions = await terminal.OnUiAsync(() => terminal.Application.SessionStack!.Count);
        await terminal.PressAsync(Key.Esc);
        await terminal.HidesAsync(Question);
        await terminal.IterationsAsync(3);

        Assert.Equal(3, sessions);
        Assert.True(window.View.IsRunning);
        Assert.Equal(2, await terminal.OnUiAsync(() => terminal.Application.SessionStack!.Count));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Stop_OfTheMainWindow_AsksAboutTheExit()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        BackgroundTask task = await terminal.OnUiAsync(() => Start(terminal.Window, "Export"));

        await terminal.PressAsync(Key.Esc);
        await terminal.ShowsAsync("A task is still running. Exit '");
        await terminal.HidesAsync("Keep it running");
        await ChooseAsync(terminal, tabs: 1);
        await terminal.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Exit_WhileTheQuestionIsOpen_LeavesWithoutAnAnswer()
    {
        // Its time stands: nothing can wait for the end of a grace.
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(time: new FakeTimeProvider());
        using RunningDialog window = await OpenAsync(terminal);
        BackgroundTask task = await AskAsync(terminal, "Export");

        terminal.App.Exit();
        await terminal.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(0, terminal.App.CloseReport?.LivingCount);
    }

    private static Dialog Details(HeadlessTerminal terminal) => (Dialog)terminal.Application.TopRunnable!;

    // Without CloseAfterTasks.
    private static Task<RunningDialog> OpenAsync(HeadlessTerminal terminal) => RunningDialog.OpenPlainAsync(terminal, "Details");

    // The answer before may be on its way to the window still: until it is there, a stop belongs to that question.
    private static bool IsAskedAgain(HeadlessTerminal terminal, Runnable window)
    {
        if (terminal.Application.TopRunnable == window)
        {
            window.RequestStop();
        }

        return terminal.Application.TopRunnable != window;
    }

    private static async Task ChooseAsync(HeadlessTerminal terminal, int tabs)
    {
        for (int pressed = 0; pressed < tabs; pressed++)
        {
            await terminal.PressAsync(Key.Tab);
        }

        terminal.Press(Key.Enter);
    }

    private async Task<BackgroundTask> AskAsync(HeadlessTerminal terminal, string name)
    {
        Dialog window = await terminal.OnUiAsync(() => Details(terminal));
        BackgroundTask task = await terminal.OnUiAsync(() => Start(window, name));
        await terminal.OnUiAsync(window.RequestStop);
        await terminal.ShowsAsync(Question);
        return task;
    }

    private BackgroundTask Start(Runnable window, string name) => window.Tasks.Run(
        async task =>
        {
            task.Report(2, 5);
            await _finish.Task.WaitAsync(task.CancellationToken);
        },
        new TaskOptions { Name = name, OnClose = ClosePolicy.Ask });
}
