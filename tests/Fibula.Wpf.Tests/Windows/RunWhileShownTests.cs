using System.Windows;
using System.Windows.Controls;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class RunWhileShownTests
{
    private int _begun;
    private int _ended;

    [Theory]
    [InlineData("window")]
    [InlineData("element")]
    [InlineData("panel around it")]
    [InlineData("tab")]
    [Trait("Behaviour", "B23")]
    public async Task Work_OfAViewThatIsHiddenAndShownAgain_StopsAndBeginsAgain(string what)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        (FrameworkElement watching, Action<bool> show) = await program.OnUiAsync(() => Build(what));
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
    public async Task Work_OfAnElementThatIsInNoWindow_BeginsOnceItIsPutIntoOne()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Label label, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var label = new Label();
            return (label, label.Tasks.RunWhileShown(WatchAsync));
        });
        await program.UntilAsync(() => task.Explain().EndsWith("waits for its view to be shown.", StringComparison.Ordinal));
        int begunBefore = _begun;

        await program.OnUiAsync(() => program.Window.Content = new StackPanel { Children = { label } });
        await program.UntilAsync(() => _begun == 1);

        Assert.Equal(0, begunBefore);
    }

    private static (FrameworkElement Watching, Action<bool> Show) Build(string what)
    {
        var label = new Label();
        var panel = new StackPanel { Children = { label } };
        var tabs = new TabControl { Items = { new TabItem { Content = panel }, new TabItem() } };
        var window = new Window { Title = "Prices", Width = 300, Height = 200, Content = tabs };
        window.Show();
        return what switch
        {
            "window" => (window, isShown => window.Visibility = VisibilityOf(isShown)),
            "element" => (label, isShown => label.Visibility = VisibilityOf(isShown)),
            "panel around it" => (label, isShown => panel.Visibility = VisibilityOf(isShown)),
            _ => (label, isShown => tabs.SelectedIndex = isShown ? 0 : 1),
        };
    }

    private static Visibility VisibilityOf(bool isShown) => isShown ? Visibility.Visible : Visibility.Hidden;

    private async Task WatchAsync(TaskContext task)
    {
        _begun++;
        try
        {
            await WpfProgram.ForeverAsync(task.CancellationToken);
        }
        finally
        {
            _ended++;
        }
    }
}
