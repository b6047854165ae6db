using Microsoft.Extensions.Time.Testing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Panels;

public sealed class TerminalTaskPanelTests
{
    [Fact]
    public async Task Panel_WithARunningTask_ShowsWhatItDoesHowFarAndSinceWhen()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        await terminal.OnUiAsync(() => Start(terminal, "Hash", task => task.Report(3, 4, "b.iso")));

        await terminal.ShowsAsync("Running   ███████░░░  75 % 0:00      Hash (Folder): b.iso");
    }

    [Fact]
    public async Task Panel_WithoutTasks_SaysSo()
    {
        await using HeadlessTerminal terminal = await StartAsync();

        await terminal.ShowsAsync("No task is running.");
    }

    [Fact]
    public async Task Panel_WhileATaskRuns_KeepsItsTimeGoing()
    {
        var time = new FakeTimeProvider();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: CreateWindow, time: time);
        await terminal.OnUiAsync(() => Start(terminal, "Wait"));

        time.Advance(TimeSpan.FromSeconds(0.1));
        await terminal.ShowsAsync("0:00      Wait");
        time.Advance(TimeSpan.FromSeconds(1));
        await terminal.ShowsAsync("0:01      Wait");
        time.Advance(TimeSpan.FromSeconds(3600));
        await terminal.ShowsAsync("1:00:01   Wait");
    }

    [Theory]
    [InlineData("Delete")]
    [InlineData("c")]
    public async Task Key_OnTheSelectedTask_CancelsItAndNoOther(string key)
    {
        await using HeadlessTerminal terminal = await StartAsync();
        BackgroundTask first = await terminal.OnUiAsync(() => Start(terminal, "First"));
        BackgroundTask second = await terminal.OnUiAsync(() => Start(terminal, "Second"));
        await terminal.ShowsAsync("Second");

        await terminal.PressAsync(Key.CursorDown);
        await terminal.PressAsync(key == "c" ? Key.C : Key.Delete);
        await terminal.UntilAsync(() => second.IsCompleted);

        Assert.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, first.State);
    }

    [Fact]
    public async Task Selection_WhenATaskAboveEnds_StaysOnItsTask()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        BackgroundTask first = await terminal.OnUiAsync(() => Start(terminal, "First"));
        BackgroundTask second = await terminal.OnUiAsync(() => Start(terminal, "Second"));
        await terminal.OnUiAsync(() => Start(terminal, "Third"));
        await terminal.ShowsAsync("Third");
        await terminal.PressAsync(Key.CursorDown);

        await terminal.OnUiAsync(() => first.Cancel());
        await terminal.HidesAsync("First");
        await terminal.PressAsync(Key.Delete);
        await terminal.UntilAsync(() => second.IsCompleted);

        Assert.Equal(BackgroundTaskState.Canceled, second.State);
    }

    [Theory]
    [InlineData("日本語ファイル", "日本語ファイル (")]
    [InlineData("smile 😀", "smile 😀 (")]
    [InlineData("tab\tescape\e[31m", "tab\\tescape\\u001B[31m (")]
    [InlineData("right\u202Eleft", "right\\u202Eleft (")]
    public async Task Panel_WithANameThatIsHardToDraw_ShowsItInItsPlace(string name, string shown)
    {
        await using HeadlessTerminal terminal = await StartAsync();

        await terminal.OnUiAsync(() => Start(terminal, name));

        await terminal.ShowsAsync($"Running                    0:00      {shown}");
    }

    [Fact]
    public async Task Panel_WithANameWiderThanItsColumn_CutsItAtAWholeSign()
    {
        await using HeadlessTerminal terminal = await StartAsync();

        await terminal.OnUiAsync(() => Start(terminal, new string('長', 60)));

        await terminal.ShowsAsync("長…");
    }

    [Fact]
    public async Task Panel_WithHalfASurrogatePairInAName_ShowsAReplacement()
    {
        await using HeadlessTerminal terminal = await StartAsync();

        await terminal.OnUiAsync(() => Start(terminal, $"half {'\uD800'} pair"));

        await terminal.ShowsAsync("half \uFFFD pair (");
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSoForSomeSecondsOrUntilItsKey()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        using var own = new CancellationTokenSource();
        await terminal.OnUiAsync(() => terminal.Window.Tasks.Run(
            () => Task.Delay(Timeout.InfiniteTimeSpan, own.Token),
            new TaskOptions { Name = "Search" }));
        await terminal.ShowsAsync("Search");

        await own.CancelAsync();

        await terminal.ShowsAsync("Canceled                   0:00      Search: stopped by a token of its own");
        await terminal.PressAsync(Key.Delete);
        await terminal.ShowsAsync("No task is running.");
    }

    [Fact]
    public async Task Panel_WhenItsWindowCloses_ListsNoLonger()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        await terminal.OnUiAsync(() => Start(terminal, "Long"));
        await terminal.ShowsAsync("Long");

        await terminal.PressAsync(Key.Esc);
        await terminal.Ended;

        Assert.Equal(0, terminal.App.CloseReport?.LivingCount);
    }

    private static Task<HeadlessTerminal> StartAsync() => HeadlessTerminal.StartAsync(window: CreateWindow);

    private static Window CreateWindow()
    {
        var window = new Window { Title = "Folder" };
        window.Initialized += (_, _) => window.Add(new TerminalTaskPanel(window.Tasks) { Width = Dim.Fill(), Height = Dim.Fill() });
        return window;
    }

    private static BackgroundTask Start(HeadlessTerminal terminal, string name, Action<TaskContext>? begin = null) =>
        terminal.Window.Tasks.Run(
            task =>
            {
                begin?.Invoke(task);
                return HeadlessTerminal.ForeverAsync(task.CancellationToken);
            },
            new TaskOptions { Name = name });
}
