using Avalonia.Controls;
using Avalonia.Controls.Documents;
using Avalonia.VisualTree;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Diagnostics;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class ControlTasksTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tasks_OfAControlInAWindow_IsAChildOfTheWindowsScope(bool isAmongText)
    {
        await using StagedProgram program = await StagedProgram.StartAsync();

        await program.OnUiAsync(() =>
        {
            var label = new Label();
            program.Window.Content = isAmongText ? new TextBlock { Inlines = [new InlineUIContainer(label)] } : new StackPanel { Children = { label } };
            return label.Tasks.Run(StagedProgram.ForeverAsync);
        });

        ScopeSnapshot window = Assert.Single(program.App.Tasks.Snapshot().Children);
        Assert.Equal("Main", window.Name);
        Assert.Equal("Label", Assert.Single(window.Children).Name);
    }

    [Fact]
    [Trait("Behaviour", "B16")]
    public async Task Tasks_OfAControlThatIsTakenOut_AreToldAndNoneIsTakenUntilItIsBack()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        var page = await program.OnUiAsync(() => new UserControl { Name = "page" });
        BackgroundTask running = await program.OnUiAsync(() =>
        {
            program.Window.Content = page;
            return page.Tasks.Run(StagedProgram.ForeverAsync);
        });

        await program.OnUiAsync(() => program.Window.Content = null);
        await program.UntilAsync(() => running.IsCompleted);
        BackgroundTask late = await program.OnUiAsync(() => page.Tasks.Run(StagedProgram.ForeverAsync));
        await program.OnUiAsync(() => program.Window.Content = page);
        BackgroundTask again = await program.OnUiAsync(() => page.Tasks.Run(StagedProgram.ForeverAsync));

        Assert.Equal("'page' was closed.", running.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Canceled, late.State);
        Assert.Equal(BackgroundTaskState.Running, again.State);
    }

    [Fact]
    public async Task Tasks_OfAControlThatIsMoved_RunOn()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        BackgroundTask running = await program.OnUiAsync(() =>
        {
            var page = new UserControl();
            var left = new StackPanel { Children = { page } };
            var right = new StackPanel();
            program.Window.Content = new StackPanel { Children = { left, right } };
            BackgroundTask task = page.Tasks.Run(StagedProgram.ForeverAsync);
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
        await using StagedProgram program = await StagedProgram.StartAsync();
        var page = await program.OnUiAsync(() => new UserControl());
        (TabControl tabs, BackgroundTask running) = await program.OnUiAsync(() =>
        {
            var first = new TabItem { Template = Templates.Empty, Content = page };
            var second = new TabItem { Template = Templates.Empty, Content = new Border() };
            var tabs = new TabControl { Template = Templates.OfTabs, Items = { first, second } };
            program.Window.Template = Templates.OfAWindow;
            program.Window.Content = tabs;
            return (tabs, page.Tasks.Run(StagedProgram.ForeverAsync));
        });
        await program.UntilAsync(page.IsAttachedToVisualTree);

        await program.OnUiAsync(() => tabs.SelectedIndex = 1);
        await program.UntilAsync(() => !page.IsAttachedToVisualTree());
        await program.OnUiAsync(() => { });

        Assert.Equal(BackgroundTaskState.Running, running.State);
    }

    [Fact]
    public async Task Tasks_OfATabThatIsRemoved_AreTold()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        (TabControl tabs, BackgroundTask running) = await program.OnUiAsync(() =>
        {
            var page = new UserControl { Name = "page" };
            var tabs = new TabControl { Template = Templates.OfTabs, Items = { new TabItem { Content = page } } };
            program.Window.Content = tabs;
            return (tabs, page.Tasks.Run(StagedProgram.ForeverAsync));
        });

        await program.OnUiAsync(() => tabs.Items.Clear());
        await program.UntilAsync(() => running.IsCompleted);

        Assert.Equal("'page' was closed.", running.CancelReason?.Message);
    }

    [Fact]
    [Trait("Behaviour", "B2")]
    public async Task Tasks_InAConstructor_StartsTheWorkOnceTheLoopRuns()
    {
        var ranOn = new TaskCompletionSource<string>();
        StagedProgram? program = null;
        await using StagedProgram started = await StagedProgram.StartAsync(
            () => new TestApplication(application =>
            {
                program!.App = application.UseFibula();
                program.Lifetime.MainWindow = new EagerWindow(ranOn);
            }),
            before: begun => program = begun);

        Assert.Equal("stage", await StagedProgram.Within(ranOn.Task));
    }

    [Fact]
    public async Task Tasks_OnAnotherThread_SaysWhatToDo()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();

        var error = Assert.Throws<InvalidOperationException>(() => program.Window.CloseAfterTasks(waits: true));

        Assert.Matches("^Tasks of '.*' were asked for on a thread that is not the UI thread of '", error.Message);
    }

    private sealed class EagerWindow : Window
    {
        public EagerWindow(TaskCompletionSource<string> ranOn)
        {
            this.Tasks.Run(() =>
            {
                ranOn.SetResult(StagedProgram.ToolkitThread);
                return Task.CompletedTask;
            });
        }
    }
}
