namespace Fibula.Gtk.Tests.Linux.Panels;

[Collection("GTK")]
public sealed class GtkCloseDialogTests
{
    // The answers as they are offered.
    private const int Wait = 0, Cancel = 1, KeepRunning = 2, Stay = 3;

    private readonly TaskCompletionSource _progress = new();
    private readonly TaskCompletionSource _finish = new();
    private nint _window;

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Close_OfAWindowWhoseTaskAsks_ShowsTheTaskAndFollowsIt()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        await AskAsync(program);
        IReadOnlyList<string?> before = await GtkProgram.OnUiAsync(Gtk4Dialog.Lines);

        _progress.SetResult();
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Lines() is [_, { } line] && line.StartsWith("Export: 75 %, 0:", StringComparison.Ordinal));

        Assert.Equal("A task is still running. Close 'Details'?", before[0]);
        Assert.StartsWith("Export: 25 %, 0:", Assert.Single(before.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Wait_ClosesTheWindowAfterTheTask()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        await Gtk4Dialog.ClickAsync(Wait);
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Count() == 0);
        (bool IsOpen, BackgroundTaskState State) meanwhile = await GtkProgram.OnUiAsync(() => (IsOpen, task.State));
        _progress.SetResult();
        _finish.SetResult();
        await GtkProgram.UntilAsync(() => !IsOpen);

        Assert.Equal((true, BackgroundTaskState.Running), meanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Cancel_TellsTheTaskAndClosesTheWindow()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        await Gtk4Dialog.ClickAsync(Cancel);
        await GtkProgram.UntilAsync(() => !IsOpen);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task KeepItRunning_ClosesTheWindowAtOnce_AndTheAppHasTheTask()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        await Gtk4Dialog.ClickAsync(KeepRunning);
        await GtkProgram.UntilAsync(() => !IsOpen);

        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Same(program.App.Tasks, task.Scope);
    }

    [Theory]
    [Trait("Behaviour", "B40")]
    [InlineData("button")]
    [InlineData("close box")]
    [InlineData("Escape")]
    public async Task Stay_LeavesEverythingAsItWas_AndTheNextCloseAsksAgain(string way)
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        await StayAsync(way);
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Count() == 0);
        (bool IsOpen, BackgroundTaskState State) afterStay = await GtkProgram.OnUiAsync(() => (IsOpen, task.State));
        await GtkProgram.UntilAsync(() =>
        {
            Gtk4.Close(_window);
            return Gtk4Dialog.Count() == 1;
        });

        Assert.Equal((true, BackgroundTaskState.Running), afterStay);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task TheEndOfTheTask_TakesTheQuestionBackAndClosesTheWindow()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        _progress.SetResult();
        _finish.SetResult();
        await GtkProgram.UntilAsync(() => !IsOpen && Gtk4Dialog.Count() == 0);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Close_Twice_AsksOnce()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        await AskAsync(program);

        await GtkProgram.OnUiAsync(() => Gtk4.Close(_window));
        await program.App.Tasks.Run(() => Task.CompletedTask);
        int asked = await GtkProgram.OnUiAsync(Gtk4Dialog.Count);

        Assert.Equal(1, asked);
    }

    [Theory]
    [Trait("Behaviour", "B40")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exit_AsksToo_AlsoWhileNoWindowIsShown(bool isShown)
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await GtkProgram.OnUiAsync(() => Start(program.App.Tasks));
        await GtkProgram.OnUiAsync(() => Gtk4.SetVisible(program.Window, isShown ? 1 : 0));

        Task<ExitDecision> exit = program.App.RequestExitAsync();
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Lines() is [{ } question, _] && question.Contains("Exit '", StringComparison.Ordinal));
        await Gtk4Dialog.ClickAsync(Cancel);
        await program.Ended;

        Assert.Equal(ExitDecision.Leaving, await exit);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Exit_WhileTheQuestionIsOpen_LeavesWithoutAnAnswer()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await AskAsync(program);

        program.App.Exit();
        await program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(0, program.App.CloseReport!.LivingCount);
    }

    private bool IsOpen => _window != 0;

    // A window that does not say CloseAfterTasks.
    private async Task<BackgroundTask> AskAsync(GtkProgram program)
    {
        BackgroundTask task = await GtkProgram.OnUiAsync(() =>
        {
            _window = Gtk4.ApplicationWindowNew(program.Application);
            Gtk4.SetTitle(_window, "Details");
            Gtk4.Connect(_window, "unrealize", OnClosed);
            Gtk4.Present(_window);
            return Start(GtkHandles.TasksOf(_window));
        });
        await GtkProgram.OnUiAsync(() => Gtk4.Close(_window));
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Count() == 1);
        return task;
    }

    private static async Task StayAsync(string way)
    {
        switch (way)
        {
            case "button":
                await Gtk4Dialog.ClickAsync(Stay);
                break;
            case "close box":
                await Gtk4Dialog.CloseAsync();
                break;
            default:
                await Gtk4Dialog.PressEscapeAsync();
                break;
        }
    }

    private BackgroundTask Start(TaskScope scope) => scope.Run(
        async task =>
        {
            task.Report(1, 4);
            await _progress.Task.WaitAsync(task.CancellationToken);
            task.Report(3, 4);
            await _finish.Task.WaitAsync(task.CancellationToken);
        },
        new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });

    private bool OnClosed()
    {
        _window = 0;
        return false;
    }
}
