using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Loops;

/// <summary>Where an <c>await</c> goes on that was begun before the toolkit runs: written by hand, and the same with Fibula.</summary>
public sealed class StartUpOrderTests
{
    [Fact]
    [Trait("Behaviour", "B3")]
    public async Task Await_BegunBeforeTheWindowRuns_GoesOnOnTheUiThreadOnlyWithFibula()
    {
        var byHand = new TaskCompletionSource<string>();
        var withFibula = new TaskCompletionSource<string>();

        await using HeadlessTerminal terminal = HeadlessTerminal.Start(terminal =>
        {
            _ = GoOnAsync(byHand);
            terminal.UseFibula();
            terminal.App.Tasks.Run(() => GoOnAsync(withFibula));
            terminal.Show(new Window());
        });

        Assert.Equal("pool", await HeadlessTerminal.Within(byHand.Task));
        Assert.Equal("terminal", await HeadlessTerminal.Within(withFibula.Task));
    }

    private static async Task GoOnAsync(TaskCompletionSource<string> wentOnOn)
    {
        await Task.Yield();
        wentOnOn.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : HeadlessTerminal.ToolkitThread);
    }
}
