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
                options.OnStartup = _ => order.Add("startup");
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
}
