namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class ApplicationEndTests
{
    [Fact]
    [Trait("Behaviour", "B1")]
    public async Task UseFibula_WithStartUpWork_RunsItInOrderOnTheUiThread()
    {
        var order = new List<string>();
        await using GtkProgram program = await GtkProgram.StartAsync(
            options =>
            {
                options.OnStartup = () => order.Add("startup");
                options.OnRunning = () =>
                {
                    order.Add($"running on {GtkProgram.Thread}");
                    return Task.CompletedTask;
                };
            },
            program => order.Add("activate"));

        await GtkProgram.UntilAsync(() => order.Count == 3);

        Assert.Equal(["startup", "activate", "running on gtk"], order);
    }

    [Theory]
    [InlineData("close the last window")]
    [InlineData("destroy the last window")]
    [InlineData("quit")]
    [Trait("Behaviour", "B82")]
    public async Task End_WithRunningTask_IsHeldBackUntilItsCleanUpHasRun(string way)
    {
        var cleanUp = new TaskCompletionSource();
        string? cleanedUpOn = null;
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = program.App.Tasks.Run(async cancellationToken =>
        {
            try
            {
                await GtkProgram.ForeverAsync(cancellationToken);
            }
            finally
            {
                await cleanUp.Task;
                cleanedUpOn = GtkProgram.Thread;
            }
        });

        await GtkProgram.OnUiAsync(() => End(program, way));
        await GtkProgram.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool isEndedMeanwhile = program.Ended.IsCompleted;
        cleanUp.SetResult();
        await program.Ended;

        Assert.False(isEndedMeanwhile);
        Assert.Equal("gtk", cleanedUpOn);
        Assert.Equal([task.Name], program.App.CloseReport!.Canceled.Select(entry => entry.Name));
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task End_OfAProgramWithoutAWindow_WaitsForItsTasks()
    {
        bool isCleanedUp = false;
        await using GtkProgram program = await GtkProgram.StartAsync(activate: program =>
        {
            program.DestroyWindow();
            program.App.Tasks.Run(async cancellationToken =>
            {
                try
                {
                    await GtkProgram.ForeverAsync(cancellationToken);
                }
                finally
                {
                    await Task.Yield();
                    isCleanedUp = GtkProgram.Thread == "gtk";
                }
            });
        });

        await program.Ended;

        Assert.True(isCleanedUp);
    }

    [Fact]
    [Trait("Behaviour", "B6")]
    public async Task Close_OfTheLastWindowWhenTheExitHookSaysNo_StaysAndCancelsNothing()
    {
        var causes = new List<ExitCause>();
        await using GtkProgram program = await GtkProgram.StartAsync(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        });
        BackgroundTask task = program.App.Tasks.Run(GtkProgram.ForeverAsync);

        await GtkProgram.OnUiAsync(() => Gtk4.Close(program.Window));
        await GtkProgram.UntilAsync(() => causes.Count > 0);
        ExitDecision again = await program.App.RequestExitAsync();

        Assert.Equal(ExitDecision.Refused, again);
        Assert.Equal(ExitCause.WindowClosed, causes[0]);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.True(await GtkProgram.OnUiAsync(() => Gtk4.IsVisible(program.Window)));
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Close_OfOneOfTwoWindows_LeavesTheAppAlone()
    {
        var causes = new List<ExitCause>();
        await using GtkProgram program = await GtkProgram.StartAsync(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(true);
        });
        nint second = await GtkProgram.OnUiAsync(() => Gtk4.ApplicationWindowNew(program.Application));
        await GtkProgram.OnUiAsync(() => Gtk4.Present(second));
        BackgroundTask task = await GtkProgram.OnUiAsync(() => GtkHandles.TasksOf(program.Window).Run(GtkProgram.ForeverAsync));

        await GtkProgram.OnUiAsync(() => Gtk4.Close(program.Window));
        await GtkProgram.UntilAsync(() => task.IsCompleted);
        int askedMeanwhile = causes.Count;
        await GtkProgram.OnUiAsync(() => Gtk4.Close(second));
        await program.Ended;

        Assert.Equal(0, askedMeanwhile);
        Assert.Equal([ExitCause.WindowClosed], causes);
    }

    private static void End(GtkProgram program, string way)
    {
        switch (way)
        {
            case "close the last window":
                Gtk4.Close(program.Window);
                break;
            case "destroy the last window":
                program.DestroyWindow();
                break;
            default:
                Gtk4.Quit(program.Application);
                break;
        }
    }
}
