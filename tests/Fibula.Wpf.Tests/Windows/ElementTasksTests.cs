using System.Windows;
using System.Windows.Controls;
using System.Windows.Documents;
using Fibula.Diagnostics;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class ElementTasksTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tasks_OfAControlInAWindow_IsAChildOfTheWindowsScope(bool isAmongText)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();

        await program.OnUiAsync(() =>
        {
            var label = new Label();
            program.Window.Content = isAmongText ? new TextBlock(new InlineUIContainer(label)) : new StackPanel { Children = { label } };
            return label.Tasks.Run(WpfProgram.ForeverAsync);
        });

        ScopeSnapshot window = Assert.Single(program.App.Tasks.Snapshot().Children);
        Assert.Equal("Main", window.Name);
        Assert.Equal("Label", Assert.Single(window.Children).Name);
    }

    [Fact]
    [Trait("Behaviour", "B16")]
    public async Task Tasks_OfAControlThatIsTakenOut_AreToldAndNoneIsTakenUntilItIsBack()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var page = await program.OnUiAsync(() => new UserControl { Name = "page" });
        BackgroundTask running = await program.OnUiAsync(() =>
        {
            program.Window.Content = page;
            return page.Tasks.Run(WpfProgram.ForeverAsync);
        });

        await program.OnUiAsync(() => program.Window.Content = null);
        await program.UntilAsync(() => running.IsCompleted);
        BackgroundTask late = await program.OnUiAsync(() => page.Tasks.Run(WpfProgram.ForeverAsync));
        await program.OnUiAsync(() => program.Window.Content = page);
        BackgroundTask again = await program.OnUiAsync(() => page.Tasks.Run(WpfProgram.ForeverAsync));

        Assert.Equal("'page' was closed.", running.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Canceled, late.State);
        Assert.Equal(BackgroundTaskState.Running, again.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B16")]
    public async Task Tasks_OfAControlThatIsTakenOutBeforeItIsLoaded_AreTold(bool isWindowShown)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        int loaded = 0;

        (BackgroundTask removed, BackgroundTask kept) = await program.OnUiAsync(() =>
        {
            var window = new Window();
            if (isWindowShown)
            {
                window.Show();
            }

            var page = new UserControl { Name = "page" };
            page.Loaded += (_, _) => loaded++;
            var stays = new UserControl();
            var panel = new StackPanel { Children = { page, stays } };
            window.Content = panel;
            var tasks = (page.Tasks.Run(WpfProgram.ForeverAsync), stays.Tasks.Run(WpfProgram.ForeverAsync));
            panel.Children.Remove(page);
            window.Show();
            return tasks;
        });
        await program.UntilAsync(() => removed.IsCompleted);

        Assert.Equal("'page' was closed.", removed.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, kept.State);
        Assert.Equal(0, loaded);
    }

    [Fact]
    public async Task Tasks_OfAControlThatIsMoved_RunOn()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        BackgroundTask running = await program.OnUiAsync(() =>
        {
            var page = new UserControl();
            var left = new StackPanel { Children = { page } };
            var right = new StackPanel();
            program.Window.Content = new StackPanel { Children = { left, right } };
            BackgroundTask task = page.Tasks.Run(WpfProgram.ForeverAsync);
            left.Children.Clear();
            right.Children.Add(page);
            return task;
        });

        await program.OnUiAsync(() => { });
        await program.OnUiAsync(() => { });

        Assert.Equal(BackgroundTaskState.Running, running.State);
    }

    [Fact]
    public async Task Tasks_OfATabThatIsSwitchedAwayFrom_RunOn()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        int unloaded = 0;
        (TabControl tabs, BackgroundTask running) = await program.OnUiAsync(() =>
        {
            var page = new UserControl();
            page.Unloaded += (_, _) => unloaded++;
            var tabs = new TabControl { Items = { new TabItem { Content = page }, new TabItem() } };
            program.Window.Content = tabs;
            return (tabs, page.Tasks.Run(WpfProgram.ForeverAsync));
        });
        await program.OnUiAsync(() => { });

        await program.OnUiAsync(() => tabs.SelectedIndex = 1);
        await program.UntilAsync(() => unloaded > 0);
        await program.OnUiAsync(() => { });

        Assert.Equal(BackgroundTaskState.Running, running.State);
    }

    [Fact]
    public async Task Tasks_OnAnotherThread_SaysWhatToDo()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        Window window = await program.OnUiAsync(() => program.Window);

        var error = Assert.Throws<InvalidOperationException>(() => window.CloseAfterTasks(waits: true));

        Assert.Equal(
            $"Tasks of 'Window' were asked for on a thread that is not the UI thread of '{program.App.Tasks.Name}'. "
            + "Ask there: use Post, or 'await task.SwitchToUiAsync()' before. A further UI thread needs an app of its own.",
            error.Message);
    }
}
