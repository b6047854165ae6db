namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class RunWhileShownTests
{
    private readonly List<string> _seen = [];
    private nint _label;
    private nint _box;

    [Theory]
    [Trait("Behaviour", "B23")]
    [InlineData("widget")]
    [InlineData("what it is in")]
    [InlineData("window")]
    public async Task AWidgetThatIsHiddenAndShownAgain_StopsAndBegins(string hidden)
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        nint window = await GtkProgram.OnUiAsync(() => MakeWindow(program));
        nint toHide = hidden switch { "widget" => _label, "window" => window, _ => _box };
        await GtkProgram.OnUiAsync(() => GtkHandles.TasksOf(_label).RunWhileShown(WatchAsync));
        await GtkProgram.OnUiAsync(() => Gtk4.Present(window));
        await GtkProgram.UntilAsync(() => _seen.Count == 1);

        await GtkProgram.OnUiAsync(() => Gtk4.SetVisible(toHide, 0));
        await GtkProgram.UntilAsync(() => _seen.Count == 2);
        await GtkProgram.OnUiAsync(() => Gtk4.SetVisible(toHide, 1));
        await GtkProgram.UntilAsync(() => _seen.Count == 3);

        Assert.Equal("began", _seen[0]);
        Assert.EndsWith("is not shown any more.", _seen[1], StringComparison.Ordinal);
        Assert.Equal("began", _seen[2]);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task AWindowThatIsHiddenAndShownAgain_StopsAndBegins()
    {
        await using GtkProgram program = await GtkProgram.StartAsync();
        await GtkProgram.OnUiAsync(() => GtkHandles.TasksOf(program.Window).RunWhileShown(WatchAsync));
        await GtkProgram.UntilAsync(() => _seen.Count == 1);

        await GtkProgram.OnUiAsync(() => Gtk4.SetVisible(program.Window, 0));
        await GtkProgram.UntilAsync(() => _seen.Count == 2);
        await GtkProgram.OnUiAsync(() => Gtk4.Present(program.Window));
        await GtkProgram.UntilAsync(() => _seen.Count == 3);

        Assert.Equal("told: The view 'Prices' is not shown any more.", _seen[1]);
        Assert.Equal("began", _seen[2]);
    }

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

    private nint MakeWindow(GtkProgram program)
    {
        nint window = Gtk4.ApplicationWindowNew(program.Application);
        _box = Gtk4.BoxNew(1, 0);
        _label = Gtk4.LabelNew("Price");
        Gtk4.SetTitle(window, "Details");
        Gtk4.Append(_box, _label);
        Gtk4.SetChild(window, _box);
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
