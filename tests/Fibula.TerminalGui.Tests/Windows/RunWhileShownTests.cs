using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

public sealed class RunWhileShownTests
{
    private readonly List<string> _seen = [];

    [Theory]
    [Trait("Behaviour", "B23")]
    [InlineData("view")]
    [InlineData("what it is in")]
    [InlineData("window")]
    public async Task AViewThatIsHiddenAndShownAgain_StopsAndBegins(string hidden)
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        Label label = await terminal.OnUiAsync(() => AddLabel(terminal.Window));
        View toHide = hidden switch { "view" => label, "window" => terminal.Window, _ => label.SuperView! };
        await terminal.OnUiAsync(() => label.Tasks.RunWhileShown(WatchAsync));
        await terminal.UntilAsync(() => _seen.Count == 1);

        await terminal.OnUiAsync(() => toHide.Visible = false);
        await terminal.UntilAsync(() => _seen.Count == 2);
        await terminal.OnUiAsync(() => toHide.Visible = true);
        await terminal.UntilAsync(() => _seen.Count == 3);

        Assert.Equal("began", _seen[0]);
        Assert.EndsWith("is not shown any more.", _seen[1], StringComparison.Ordinal);
        Assert.Equal("began", _seen[2]);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task AViewThatIsTakenOutOfItsWindowAndPutBack_StopsAndBegins()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        Label label = await terminal.OnUiAsync(() => AddLabel(terminal.Window));
        View frame = label.SuperView!;
        await terminal.OnUiAsync(() => label.Tasks.RunWhileShown(WatchAsync));
        await terminal.UntilAsync(() => _seen.Count == 1);

        await terminal.OnUiAsync(() => terminal.Window.Remove(frame));
        await terminal.UntilAsync(() => _seen.Count == 2);
        await terminal.OnUiAsync(() => terminal.Window.Add(frame));
        await terminal.UntilAsync(() => _seen.Count == 3);

        Assert.Equal("began", _seen[2]);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task ADialogThatIsNotRunYet_BeginsWhenItIs()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var dialog = new Dialog { Title = "Rename" };
        BackgroundTask task = await terminal.OnUiAsync(() => AddLabel(dialog).Tasks.RunWhileShown(WatchAsync));
        await terminal.IterationsAsync(2);
        int before = _seen.Count;

        terminal.App.Post(() => terminal.Application.Run(dialog));
        await terminal.UntilAsync(() => _seen.Count == 1);
        await terminal.OnUiAsync(dialog.RequestStop);
        await terminal.UntilAsync(() => task.IsCompleted);

        Assert.Equal(0, before);
        Assert.Equal(["began", "told: 'Rename' was closed."], _seen);
    }

    private static Label AddLabel(View window)
    {
        var label = new Label { Text = "Price" };
        var frame = new FrameView { Width = Dim.Fill(), Height = Dim.Fill() };
        frame.Add(label);
        window.Add(frame);
        return label;
    }

    private async Task WatchAsync(TaskContext task)
    {
        _seen.Add("began");
        try
        {
            await HeadlessTerminal.ForeverAsync(task.CancellationToken);
        }
        finally
        {
            _seen.Add($"told: {task.CancelReason!.Message}");
        }
    }
}
