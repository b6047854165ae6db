using System.Windows;

namespace Fibula.Wpf.Tests.Loops;

/// <summary>Where an <c>await</c> goes on that was begun before the toolkit runs: written by hand, and the same with Fibula.</summary>
[Collection("WPF")]
public sealed class StartUpOrderTests
{
    [Fact]
    [Trait("Behaviour", "B3")]
    public async Task Await_BegunBeforeTheApplicationRuns_GoesOnOnTheUiThreadOnlyWithFibula()
    {
        var byHand = new TaskCompletionSource<string>();
        var withFibula = new TaskCompletionSource<string>();
        var app = new UiApp("early");

        await using WpfProgram program = await WpfProgram.StartAsync(() =>
        {
            Application application = OneApplication.Make();
            _ = GoOnAsync(byHand);
            app.Attach(new WpfLoop(application));
            app.Tasks.Run(() => GoOnAsync(withFibula));
            return application;
        });
        program.App = app;

        Assert.Equal("pool", await WpfProgram.Within(byHand.Task));
        Assert.Equal("wpf", await WpfProgram.Within(withFibula.Task));
    }

    private static async Task GoOnAsync(TaskCompletionSource<string> wentOnOn)
    {
        await Task.Yield();
        wentOnOn.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : WpfProgram.ToolkitThread);
    }
}
