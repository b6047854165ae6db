using System.ComponentModel;
using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

/// <summary>Handlers of <c>Closing</c> that the program adds after the first use of the window's tasks.</summary>
[Collection("WPF")]
public sealed class LateHandlerTests
{
    [Theory]
    [InlineData("second", "Close", "as it opens")]
    [InlineData("second", "Close", "before it closes")]
    [InlineData("second", "Close", "in the same callback")]
    [InlineData("second", "close box", "before it closes")]
    [InlineData("dialog", "Close", "before it closes")]
    [InlineData("dialog", "close box", "before it closes")]
    [InlineData("dialog", "Close", "in the same callback")]
    [InlineData("last", "Close", "before it closes")]
    [InlineData("last", "Close", "in the same callback")]
    [InlineData("last", "close box", "before it closes")]
    [InlineData("waits for nothing", "Close", "before it closes")]
    [Trait("Behaviour", "B80")]
    public async Task No_KeepsTheWindowAndCancelsNothing(string kind, string way, string when)
    {
        bool saysNo = true;
        int asked = 0;
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await program.OnUiAsync(() => Open(program, kind, when == "as it opens" ? AddHandler : null));
        await program.UntilAsync(() => window.IsVisible);
        if (when == "before it closes")
        {
            await program.OnUiAsync(() => AddHandler(window));
        }

        await program.OnUiAsync(() =>
        {
            if (when == "in the same callback")
            {
                AddHandler(window);
            }

            Close(window, way);
        });
        await program.UntilAsync(() => asked > 0);
        await TurnsAsync(program);
        (bool IsOpen, BackgroundTaskState State) after = await program.OnUiAsync(() => (window.IsVisible, task.State));
        BackgroundTask next = await program.OnUiAsync(() => window.Tasks.Run(WpfProgram.ForeverAsync));
        bool takesTasks = await program.OnUiAsync(() => next.State == BackgroundTaskState.Running);
        saysNo = false;
        await program.OnUiAsync(() => Close(window, way));
        await ClosedAsync(program, window, kind);

        Assert.Equal((true, BackgroundTaskState.Running), after);
        Assert.True(takesTasks);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        void AddHandler(Window window) => window.Closing += (_, e) =>
        {
            asked++;
            e.Cancel = saysNo;
        };
    }

    [Theory]
    [InlineData("second")]
    [InlineData("dialog")]
    [InlineData("last")]
    [Trait("Behaviour", "B96")]
    public async Task Yes_ThatIsSaidByFalse_LeavesTheWindowHeldUntilItsTasksHaveEnded(string kind)
    {
        bool? wasOpen = null;
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, _) = await program.OnUiAsync(() => Open(program, kind));
        BackgroundTask task = await program.OnUiAsync(() => window.Tasks.Run(async token =>
        {
            await WpfProgram.ForeverAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            wasOpen = window.IsVisible;
        }));
        await program.OnUiAsync(() => window.Closing += (_, e) => e.Cancel = false);

        await program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(window)));
        await ClosedAsync(program, window, kind);

        Assert.True(wasOpen);
        Assert.True(task.IsCompleted);
    }

    [Theory]
    [InlineData("second", "before it closes")]
    [InlineData("second", "in the same callback")]
    [InlineData("last", "before it closes")]
    [InlineData("last", "in the same callback")]
    [Trait("Behaviour", "B80")]
    public async Task Handler_ThatAsksTheUserAndClosesAgain_AsksOnce(string kind, string when)
    {
        var answers = new List<TaskCompletionSource<bool>>();
        bool mayClose = false;
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await program.OnUiAsync(() => Open(program, kind));
        if (when == "before it closes")
        {
            await program.OnUiAsync(() => window.Closing += OnClosing);
        }

        await program.OnUiAsync(() =>
        {
            if (when == "in the same callback")
            {
                window.Closing += OnClosing;
            }

            window.Close();
        });
        await program.UntilAsync(() => answers.Count > 0);
        await TurnsAsync(program);
        int asked = answers.Count;
        (bool IsOpen, BackgroundTaskState State) meanwhile = await program.OnUiAsync(() => (window.IsVisible, task.State));
        answers[0].SetResult(true);
        await ClosedAsync(program, window, kind);

        Assert.Equal(1, asked);
        Assert.Equal((true, BackgroundTaskState.Running), meanwhile);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        async void OnClosing(object? sender, CancelEventArgs e)
        {
            if (mayClose)
            {
                return;
            }

            e.Cancel = true;
            answers.Add(new TaskCompletionSource<bool>());
            mayClose = await answers[^1].Task;
            window.Close();
        }
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task No_ToTheCloseForReal_LeavesAWindowThatGoesOn()
    {
        bool saysNo = false;
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, _) = await program.OnUiAsync(() => Open(program, "second"));
        BackgroundTask task = await program.OnUiAsync(() => window.Tasks.Run(async token =>
        {
            await WpfProgram.ForeverAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            saysNo = true;
        }));
        await program.OnUiAsync(() => window.Closing += (_, e) => e.Cancel |= saysNo);

        await program.OnUiAsync(window.Close);
        await program.UntilAsync(() => task.IsCompleted);
        await TurnsAsync(program);
        BackgroundTask next = await program.OnUiAsync(() => window.Tasks.Run(WpfProgram.ForeverAsync));
        await TurnsAsync(program);
        (bool, bool, BackgroundTaskState) after = await program.OnUiAsync(() => (window.IsVisible, window.IsEnabled, next.State));
        saysNo = false;
        await program.OnUiAsync(window.Close);
        await program.UntilAsync(() => PresentationSource.FromVisual(window) is null);

        Assert.Equal((true, true, BackgroundTaskState.Running), after);
        Assert.Equal(BackgroundTaskState.Canceled, next.State);
    }

    private static (Window Window, BackgroundTask Task) Open(WpfProgram program, string kind, Action<Window>? beforeItIsShown = null)
    {
        var window = kind == "last" ? program.Window : new Window { Title = "Import", Width = 200, Height = 100 };
        BackgroundTask task = window.Tasks.Run(WpfProgram.ForeverAsync);
        beforeItIsShown?.Invoke(window);
        switch (kind)
        {
            case "dialog":
                window.Dispatcher.BeginInvoke(window.ShowDialog);
                break;
            case "waits for nothing":
                window.CloseAfterTasks(waits: false);
                window.Show();
                break;
            default:
                window.Show();
                break;
        }

        return (window, task);
    }

    // The program may end with it.
    private static async Task ClosedAsync(WpfProgram program, Window window, string kind)
    {
        if (kind == "last")
        {
            await program.Ended;
        }
        else
        {
            await program.UntilAsync(() => PresentationSource.FromVisual(window) is null);
        }
    }

    // What was posted meanwhile comes first.
    private static async Task TurnsAsync(WpfProgram program)
    {
        for (int turn = 0; turn < 5; turn++)
        {
            await program.OnUiAsync(() => { });
        }
    }

    private static void Close(Window window, string way)
    {
        switch (way)
        {
            case "close box":
                Native.ClickClose(WpfProgram.HandleOf(window));
                break;
            default:
                window.Close();
                break;
        }
    }
}
