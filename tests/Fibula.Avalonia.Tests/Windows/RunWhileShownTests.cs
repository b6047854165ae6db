using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class RunWhileShownTests
{
    private int _begun;
    private int _ended;

    [Theory]
    [InlineData("window")]
    [InlineData("control")]
    [InlineData("panel around it")]
    [InlineData("tab")]
    [Trait("Behaviour", "B23")]
    public async Task Work_OfAViewThatIsHiddenAndShownAgain_StopsAndBeginsAgain(string what)
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Control watching, Action<bool> show) = await program.OnUiAsync(() => Build(what));
        await program.OnUiAsync(() => watching.Tasks.RunWhileShown(WatchAsync));
        await program.UntilAsync(() => _begun == 1);

        await program.OnUiAsync(() => show(false));
        await program.UntilAsync(() => _ended == 1);
        await program.OnUiAsync(() => { });
        int begunWhileHidden = _begun;
        await program.OnUiAsync(() => show(true));
        await program.UntilAsync(() => _begun == 2);

        Assert.Equal(1, begunWhileHidden);
        Assert.Equal(1, _ended);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task Work_OfAControlThatIsInNoWindow_BeginsOnceItIsPutIntoOne()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Border view, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var view = new Border();
            return (view, view.Tasks.RunWhileShown(WatchAsync));
        });
        await program.UntilAsync(() => task.Explain().EndsWith("waits for its view to be shown.", StringComparison.Ordinal));
        int begunBefore = _begun;

        await program.OnUiAsync(() =>
        {
            program.Window.Template = Templates.OfAWindow;
            program.Window.Content = new StackPanel { Children = { view } };
        });
        await program.UntilAsync(() => _begun == 1);

        Assert.Equal(0, begunBefore);
    }

    private static (Control Watching, Action<bool> Show) Build(string what)
    {
        var view = new Border();
        var panel = new StackPanel { Children = { view } };
        var first = new TabItem { Template = Templates.Empty, Content = panel };
        var second = new TabItem { Template = Templates.Empty, Content = new Border() };
        var tabs = new TabControl { Template = Templates.OfTabs, Items = { first, second } };
        var window = new Window { Title = "Prices", Template = Templates.OfAWindow, Content = tabs };
        window.Show();
        return what switch
        {
            "window" => (window, isShown => ShowWindow(window, isShown)),
            "control" => (view, isShown => view.IsVisible = isShown),
            "panel around it" => (view, isShown => panel.IsVisible = isShown),
            _ => (view, isShown => tabs.SelectedIndex = isShown ? 0 : 1),
        };
    }

    private static void ShowWindow(Window window, bool isShown)
    {
        if (isShown)
        {
            window.Show();
        }
        else
        {
            window.Hide();
        }
    }

    private async Task WatchAsync(TaskContext task)
    {
        _begun++;
        try
        {
            await StagedProgram.ForeverAsync(task.CancellationToken);
        }
        finally
        {
            _ended++;
        }
    }
}
