using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

public sealed class RunWhileShownTests
{
    private readonly List<string> _seen = [];

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
