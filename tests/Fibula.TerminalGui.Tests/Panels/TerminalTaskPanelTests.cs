using Microsoft.Extensions.Time.Testing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Panels;

public sealed class TerminalTaskPanelTests
{
    [Fact]
    public async Task Panel_WithARunningTask_DrawsABarAndColumns()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        await terminal.OnUiAsync(() => Start(terminal, "Hash", task => task.Report(3, 4, "b.iso")));

        await terminal.ShowsAsync("Running   ███████░░░  75 % 0:00      Hash (Folder): b.iso");
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

    [Fact]
    [Trait("Behaviour", "B34")]
    public async Task CursorDown_SelectsTheTaskBelow()
    {
        await using HeadlessTerminal terminal = await StartAsync();
        BackgroundTask first = await terminal.OnUiAsync(() => Start(terminal, "First"));
        BackgroundTask second = await terminal.OnUiAsync(() => Start(terminal, "Second"));
        await terminal.ShowsAsync("Second");

        await terminal.PressAsync(Key.CursorDown);
        await terminal.PressAsync(Key.Delete);
        await terminal.UntilAsync(() => second.IsCompleted);

        Assert.Equal(BackgroundTaskState.Running, first.State);
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
