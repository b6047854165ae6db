using Fibula.Diagnostics;
using Terminal.Gui.App;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

public sealed class ViewTasksTests
{
    [Fact]
    public async Task Tasks_OfAViewInAWindow_IsAChildOfTheWindowsScope()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: () => new Window { Title = "Folders" });
        BackgroundTask task = await terminal.OnUiAsync(() =>
        {
            var label = new Label();
            terminal.Window.Add(new FrameView(), label);
            return label.Tasks.Run(HeadlessTerminal.ForeverAsync);
        });

        ScopeSnapshot app = terminal.App.Tasks.Snapshot();

        ScopeSnapshot window = Assert.Single(app.Children);
        Assert.Equal("Folders", window.Name);
        Assert.Equal("Label", Assert.Single(window.Children).Name);
        Assert.Equal("Label", task.Scope.Name);
    }

    [Fact]
    public async Task Tasks_OfAButtonOfADialog_IsAChildOfTheDialogsScope()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var dialog = new Dialog { Title = "Rename" };
        using var button = new Button { Text = "OK" };

        await terminal.OnUiAsync(() =>
        {
            dialog.AddButton(button);
            return button.Tasks.Run(HeadlessTerminal.ForeverAsync);
        });

        Assert.Equal("Rename", Assert.Single(terminal.App.Tasks.Snapshot().Children).Name);
    }

    [Fact]
    [Trait("Behaviour", "B2")]
    public async Task Tasks_InAConstructor_StartsTheWorkOnceTheLoopRuns()
    {
        var ranOn = new TaskCompletionSource<string>();

        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: () => new EagerWindow(ranOn));

        Assert.Equal("terminal", await HeadlessTerminal.Within(ranOn.Task));
    }

    [Fact]
    [Trait("Behaviour", "B39")]
    public async Task Tasks_WhenADialogCloses_AreToldWithItsNameAndOthersRunOn()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var dialog = new Dialog { Title = "Rename" };
        BackgroundTask? inDialog = null;
        BackgroundTask inWindow = await terminal.OnUiAsync(() => terminal.Window.Tasks.Run(HeadlessTerminal.ForeverAsync));
        terminal.App.Post(() => terminal.Application.Run(dialog));
        await terminal.UntilAsync(() => dialog.IsRunning);

        await terminal.OnUiAsync(() =>
        {
            inDialog = dialog.Tasks.Run(HeadlessTerminal.ForeverAsync);
            dialog.RequestStop();
        });
        await terminal.UntilAsync(() => inDialog!.IsCompleted);

        Assert.Equal("'Rename' was closed.", inDialog!.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, inWindow.State);
    }

    [Fact]
    public async Task Tasks_OfADialogThatIsRunAgain_TakesNewOnes()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var dialog = new Dialog();
        var states = new List<BackgroundTaskState>();
        for (int run = 0; run < 2; run++)
        {
            terminal.App.Post(() => terminal.Application.Run(dialog));
            await terminal.UntilAsync(() => dialog.IsRunning);
            await terminal.OnUiAsync(() => states.Add(dialog.Tasks.Run(HeadlessTerminal.ForeverAsync).State));
            await terminal.OnUiAsync(dialog.RequestStop);
            await terminal.UntilAsync(() => !dialog.IsRunning);
        }

        Assert.Equal([BackgroundTaskState.Running, BackgroundTaskState.Running], states);
    }

    [Fact]
    public void Tasks_WithoutUseFibula_SaysWhatToDo()
    {
        using IApplication application = Application.Create().Init("ansi");
        using var window = new Window { App = application };

        var error = Assert.Throws<InvalidOperationException>(() => window.Tasks);

        Assert.Equal(
            "There is no app that could own tasks of 'Window'. Call UseFibula() before Init() and before the first window is made, on the view's own application.",
            error.Message);
    }

    [Fact, Trait("Behaviour", "B58")]
    public async Task Tasks_OfAMainWindowAfterTheLoginWindow_SayThatTheAppHasEnded()
    {
        string? error = null;
        await using HeadlessTerminal terminal = HeadlessTerminal.Start(terminal =>
        {
            terminal.UseFibula(options => options.Name = "shop");
            var login = new Window { Title = "Login" };
            terminal.App.Post(login.RequestStop);
            terminal.Show(login);
            using var main = new Window { Title = "Main" };
            error = Assert.Throws<InvalidOperationException>(() => main.Tasks).Message;
        });
        await terminal.Ended;

        Assert.Equal(
            "The app 'shop' has ended, and owns no tasks of 'Main' any more. An app leaves with its first window: "
            + "where the program runs another one after it, tell by isMainWindow which is the main one.",
            error);
    }

    [Fact, Trait("Behaviour", "B58")]
    public async Task Tasks_OfAViewThatAnotherThreadMakes_SayWhoseUiThreadItIsNot()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var view = new Window { Title = "Report" };

        var error = Assert.Throws<InvalidOperationException>(() => view.Tasks);

        Assert.StartsWith("Tasks of 'Report' were asked for on a thread that is not the UI thread of '", error.Message, StringComparison.Ordinal);
    }

    private sealed class EagerWindow : Window
    {
        public EagerWindow(TaskCompletionSource<string> ranOn)
        {
            this.Tasks.Run(() =>
            {
                ranOn.SetResult(HeadlessTerminal.ToolkitThread);
                return Task.CompletedTask;
            });
        }
    }
}
