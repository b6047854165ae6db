namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class RunWhileShownTests
{
    private readonly List<string> _seen = [];

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task AWindowThatIsNotShownYet_BeginsWhenItIs_AndIsToldOfItsClose()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        nint window = await GtkProgram.OnUiAsync(() => MakeWindow(program));
        BackgroundTask task = await GtkProgram.OnUiAsync(() => GtkHandles.TasksOf(window).RunWhileShown(WatchAsync));
        await program.App.Tasks.Run(() => Task.CompletedTask);
        int before = await GtkProgram.OnUiAsync(() => _seen.Count);

        await GtkProgram.OnUiAsync(() => Gtk4.Present(window));
        await GtkProgram.UntilAsync(() => _seen.Count == 1);
        await GtkProgram.OnUiAsync(() => Gtk4.Close(window));
        await GtkProgram.UntilAsync(() => task.IsCompleted);

        Assert.Equal(0, before);
        Assert.Equal(["began", "told: 'Details' was closed."], _seen);
    }

    private static nint MakeWindow(GtkProgram program)
    {
        nint window = Gtk4.ApplicationWindowNew(program.Application);
        Gtk4.SetTitle(window, "Details");
        return window;
    }

    private async Task WatchAsync(TaskContext task)
    {
        _seen.Add("began");
        try
        {
            await GtkProgram.ForeverAsync(task.CancellationToken);
        }
        finally
        {
            _seen.Add($"told: {task.CancelReason!.Message}");
        }
    }
}
