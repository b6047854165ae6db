using System.Windows;
using System.Windows.Controls;
using System.Windows.Interop;
using System.Windows.Media;

namespace Fibula.Wpf.Tests.Panels;

[Collection("WPF")]
public sealed class CloseDialogTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _work = new();
    private WpfProgram _program = null!;
    private Window _window = null!;
    private BackgroundTask _task = null!;
    private TaskContext _context = null!;
    private bool _isClosed;
    private int _shown;

    public async ValueTask InitializeAsync()
    {
        _program = await WpfProgram.StartAsync();
        (_window, _task) = await _program.OnUiAsync(() =>
        {
            ComponentDispatcher.EnterThreadModal += (_, _) => _shown++;
            var window = new Window { Title = "Report", Width = 300, Height = 200 };
            window.Closed += (_, _) => _isClosed = true;
            window.Show();
            return (window, window.Tasks.Run(ExportAsync, new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask }));
        });
    }

    public ValueTask DisposeAsync()
    {
        _work.TrySetResult();
        return _program.DisposeAsync();
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Dialog_WhileTheTaskComesFurther_SaysHowFarItIs()
    {
        Window dialog = await AskAsync();

        string[] texts = await _program.OnUiAsync(() => Texts(dialog));
        string[] buttons = await _program.OnUiAsync(() => Below<Button>(dialog).Select(ButtonText).ToArray());
        await _program.OnUiAsync(() => _context.Report(42, 100));
        await _program.UntilAsync(() => Texts(dialog).Any(text => text.StartsWith("Export: 42 %, ", StringComparison.Ordinal)));

        Assert.Equal("A task is still running. Close 'Report'?", texts[0]);
        Assert.StartsWith("Export: ", texts[1], StringComparison.Ordinal);
        Assert.Equal(["Wait for it (default)", "Cancel it", "Keep it running", "Stay (cancel)"], buttons);
    }

    [Theory]
    [InlineData("button")]
    [InlineData("Escape")]
    [InlineData("close box")]
    [Trait("Behaviour", "B40")]
    public async Task Stay_ByAnyWay_ClosesAndTellsNothing(string way)
    {
        Window dialog = await AskAsync();

        await _program.OnUiAsync(() =>
        {
            switch (way)
            {
                case "button":
                    Click(dialog, "Stay");
                    break;
                case "Escape":
                    Native.PressEscape(WpfProgram.HandleOf(dialog));
                    break;
                default:
                    Native.ClickClose(WpfProgram.HandleOf(dialog));
                    break;
            }
        });
        await _program.UntilAsync(() => !dialog.IsVisible);
        await AskAsync();

        Assert.False(_isClosed);
        Assert.Equal(BackgroundTaskState.Running, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Cancel_ByItsButton_TellsTheTaskAndClosesTheWindow()
    {
        Window dialog = await AskAsync();

        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.UntilAsync(() => _isClosed);

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Wait_ByEnter_ClosesTheWindowAfterTheEndOfTheTask()
    {
        Window dialog = await AskAsync();

        await _program.OnUiAsync(() => Native.PressEnter(WpfProgram.HandleOf(dialog)));
        await _program.UntilAsync(() => !dialog.IsVisible);
        bool isClosedMeanwhile = await _program.OnUiAsync(() => _isClosed);
        _work.SetResult();
        await _program.UntilAsync(() => _isClosed);

        Assert.False(isClosedMeanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task KeepRunning_ByItsButton_ClosesTheWindowAndTheTaskRunsOnInTheApp()
    {
        Window dialog = await AskAsync();

        await _program.OnUiAsync(() => Click(dialog, "Keep it running"));
        await _program.UntilAsync(() => _isClosed);

        Assert.Equal(BackgroundTaskState.Running, _task.State);
        Assert.Contains(_program.App.Tasks.Snapshot().Tasks, task => task.Name == "Export");
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Dialog_WhenTheTaskEnds_DisappearsAndTheWindowCloses()
    {
        Window dialog = await AskAsync();

        _work.SetResult();
        await _program.UntilAsync(() => _isClosed && !dialog.IsVisible);

        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task TwoClicksOnTheCloseBox_AskOnce()
    {
        await _program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(_window)));
        Window dialog = await AskAsync();

        await _program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(_window)));
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.UntilAsync(() => _isClosed);

        Assert.Equal(1, _shown);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task LastWindow_ThatIsClosed_AsksWhetherToExit()
    {
        await _program.OnUiAsync(() => _program.Window.Close());
        await _program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(_window)));
        Window dialog = await DialogAsync();

        string[] texts = await _program.OnUiAsync(() => Texts(dialog));
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.Ended;

        Assert.StartsWith("A task is still running. Exit '", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Keep it running", texts);
        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task RequestExit_WithoutAVisibleWindow_AsksAllTheSame()
    {
        await _program.OnUiAsync(() =>
        {
            _window.Hide();
            _program.Window.Hide();
        });

        _ = _program.App.RequestExitAsync();
        Window dialog = await DialogAsync();
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    private static void Click(Window dialog, string button)
    {
        Below<Button>(dialog).Single(known => (string)known.Content == button).Focus();
        Native.PressSpace(WpfProgram.HandleOf(dialog));
    }

    private static string[] Texts(Window dialog) => [.. Below<TextBlock>(dialog).Select(static block => block.Text)];

    private static string ButtonText(Button button) => $"{button.Content}{(button.IsDefault ? " (default)" : "")}{(button.IsCancel ? " (cancel)" : "")}";

    private static IEnumerable<T> Below<T>(DependencyObject view) => Below(view).OfType<T>();

    private static IEnumerable<DependencyObject> Below(DependencyObject view) =>
        Enumerable.Range(0, VisualTreeHelper.GetChildrenCount(view)).SelectMany(child => Below(VisualTreeHelper.GetChild(view, child))).Prepend(view);

    // The answer to a question before takes some turns to arrive; a click meanwhile asks nothing.
    private async Task<Window> AskAsync()
    {
        await _program.UntilAsync(() =>
        {
            bool isAsked = Dialog() is not null;
            if (!isAsked)
            {
                Native.ClickClose(WpfProgram.HandleOf(_window));
            }

            return isAsked;
        });
        return await DialogAsync();
    }

    private async Task<Window> DialogAsync()
    {
        await _program.UntilAsync(() => Dialog() is not null);
        return await _program.OnUiAsync(() => Dialog()!);
    }

    // The buttons come with the first layout.
    private Window? Dialog() => _program.Application.Windows.Cast<Window>()
        .FirstOrDefault(window => window != _window && window != _program.Window && window.IsVisible && Below<Button>(window).Any());

    private Task ExportAsync(TaskContext task)
    {
        _context = task;
        return _work.Task.WaitAsync(task.CancellationToken);
    }
}
