namespace Fibula.Gtk.Tests.Linux.Panels;

[Collection("GTK")]
public sealed class GtkCloseDialogTests
{
    // The second of the answers that are offered.
    private const int Cancel = 1;

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Exit_WhileNoWindowIsShown_AsksAllTheSame()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        BackgroundTask task = await GtkProgram.OnUiAsync(() => program.App.Tasks.Run(
            static task => GtkProgram.ForeverAsync(task.CancellationToken),
            new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask }));
        await GtkProgram.OnUiAsync(() => Gtk4.SetVisible(program.Window, 0));

        Task<ExitDecision> exit = program.App.RequestExitAsync();
        await GtkProgram.UntilAsync(() => Gtk4Dialog.Lines() is [{ } question, _] && question.Contains("Exit '", StringComparison.Ordinal));
        await Gtk4Dialog.ClickAsync(Cancel);
        await program.Ended;

        Assert.Equal(ExitDecision.Leaving, await exit);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
