using System.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Panels;

/// <summary>What a user sees of a fault that nobody has handled.</summary>
[Trait("Behaviour", "B47")]
public sealed class TerminalFaultMessageTests
{
    private const string Footer = "Esc dismisses this message.";

    [Fact]
    public async Task Fault_NobodyHandled_IsShownWhenItHappens()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();

        await FailAsync(terminal, "No network.");

        await terminal.ShowsAsync("│Task 'Upload' failed: No network.");
        await terminal.ShowsAsync($"│{Footer}");
        Assert.Equal(1, terminal.App.ExitCode);
    }

    [Theory]
    [InlineData(true, UnhandledFaults.Toolkit)]
    [InlineData(false, UnhandledFaults.ReportOnly)]
    public async Task Fault_HandledOrOnlyReported_IsNotShownAndLeavesTheExitCode(bool isHandled, UnhandledFaults unhandled)
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(options =>
        {
            options.UnhandledFaults = unhandled;
            options.OnFault = fault => fault.Handled = isHandled;
        });

        await FailAsync(terminal, "No network.");
        await terminal.OnUiAsync(() => terminal.Window.Text = "later");

        await terminal.ShowsAsync("later");
        await terminal.HidesAsync("No network.");
        Assert.Equal(0, terminal.App.ExitCode);
    }

    [Fact]
    public async Task Typing_WhileTheMessageIsShown_GoesWhereItWent()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: () => WindowWith(new TextField { Width = 20 }));
        await FailAsync(terminal, "No network.");
        await terminal.ShowsAsync(Footer);

        await terminal.PressAsync(Key.A);
        await terminal.PressAsync(Key.Space);
        await terminal.PressAsync(Key.B);

        await terminal.ShowsAsync("a b");
        await terminal.ShowsAsync(Footer);
    }

    [Fact]
    public async Task QuitKey_WhileTheMessageIsShown_DismissesItAndLeavesTheWindow()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        await FailAsync(terminal, "No network.");
        await terminal.ShowsAsync(Footer);

        await terminal.PressAsync(Key.Esc);

        await terminal.HidesAsync("No network.");
        Assert.True(await terminal.OnUiAsync(() => terminal.Window.IsRunning));
        terminal.Press(Key.Esc);
        await terminal.Ended;
    }

    [Fact]
    public async Task Faults_OneAfterTheOther_AreOneMessageWithTheirNumber()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();

        await FailAsync(terminal, "The first.");
        for (int fault = 0; fault < 10; fault++)
        {
            await FailAsync(terminal, "Another.");
        }

        await terminal.ShowsAsync("10 more errors followed, see standard error once the program has ended.");
        await terminal.ShowsAsync("The first.");
        await terminal.PressAsync(Key.Esc);
        await terminal.HidesAsync("The first.");
        await FailAsync(terminal, "A later one.");
        await terminal.ShowsAsync("A later one.");
        await terminal.HidesAsync("more errors");
    }

    [Fact]
    public async Task Message_LongerThanAScreen_IsWrappedAndCutAtHalfTheScreen()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: () => WindowWith(new Label { Y = 10, Text = "still seen" }));

        await FailAsync(terminal, string.Join(' ', Enumerable.Range(0, 1000).Select(word => $"word{word}")));

        await terminal.ShowsAsync("│Task 'Upload' failed: word0 word1");
        await terminal.ShowsAsync("… ");
        await terminal.ShowsAsync(Footer);
        await terminal.ShowsAsync("still seen");
    }

    [Fact]
    public async Task Message_WithCharactersThatATerminalObeys_ShowsThemEscaped()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();

        await FailAsync(terminal, "\e[31mred\nand \u202Eturned");

        await terminal.ShowsAsync("\\u001B[31mred\\nand \\u202Eturned");
    }

    [Fact]
    public async Task Button_UnderTheMessage_IsNeitherDrawnOverItNorClicked()
    {
        int clicks = 0;
        var button = new Button { Text = "Delete everything", Y = Pos.AnchorEnd(3), Width = Dim.Fill() };
        button.Accepting += (_, _) => clicks++;
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(window: () => WindowWith(button));
        await terminal.ShowsAsync("Delete everything");
        await FailAsync(terminal, "No network.");

        await terminal.ShowsAsync($"│{Footer}");
        await terminal.HidesAsync("Delete everything");
        await terminal.HidesAsync("▀");
        Point place = await terminal.OnUiAsync(() => button.FrameToScreen().Location + new Size(2, 0));
        await ClickAsync(terminal, place);
        await terminal.ShowsAsync("Delete everything");
        Assert.Equal(0, clicks);

        await ClickAsync(terminal, place);
        await terminal.UntilAsync(() => clicks == 1);
    }

    [Fact]
    public async Task Window_ThatOpensOrCloses_LeavesTheMessage()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        await FailAsync(terminal, "No network.");
        using var dialog = new Dialog { Title = "Above", Text = "dialog text" };

        await terminal.OnUiAsync(() => terminal.App.Post(() => terminal.Application.Run(dialog)));
        await terminal.ShowsAsync("dialog text");
        await terminal.ShowsAsync("No network.");
        await terminal.OnUiAsync(() => dialog.RequestStop());
        await terminal.HidesAsync("dialog text");

        await terminal.ShowsAsync("No network.");
    }

    [Fact]
    public async Task Exit_WhileTheMessageIsShown_IsNotHeldUp()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        await FailAsync(terminal, "No network.");
        await terminal.ShowsAsync(Footer);

        terminal.App.Exit();

        await terminal.Ended;
    }

    private static Window WindowWith(View view)
    {
        var window = new Window();
        window.Add(view);
        return window;
    }

    private static async Task FailAsync(HeadlessTerminal terminal, string message)
    {
        var fault = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnFault(TaskFault _) => fault.TrySetResult();
        terminal.App.Tasks.Faulted += OnFault;
        await terminal.OnUiAsync(() => terminal.Window.Tasks.Run(
            () => throw new InvalidOperationException(message),
            new TaskOptions { Name = "Upload" }));
        await HeadlessTerminal.Within(fault.Task);
        terminal.App.Tasks.Faulted -= OnFault;
    }

    private static Task ClickAsync(HeadlessTerminal terminal, Point place) => terminal.OnUiAsync(() =>
    {
        foreach (MouseFlags flags in new[] { MouseFlags.LeftButtonPressed, MouseFlags.LeftButtonReleased, MouseFlags.LeftButtonClicked })
        {
            terminal.Application.Mouse.RaiseMouseEvent(new Mouse { ScreenPosition = place, Flags = flags });
        }
    });
}
