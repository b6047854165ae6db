using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Loops;

/// <summary>Where an <c>await</c> goes on that was begun before the toolkit runs, or outlives it: written by hand, and the same with Fibula.</summary>
[Collection("Avalonia")]
public sealed class StartUpOrderTests
{
    [Fact]
    [Trait("Behaviour", "B3")]
    public async Task Await_BegunBeforeTheApplicationIsMade_GoesOnOnTheUiThreadOnlyWithFibula()
    {
        var byHand = new TaskCompletionSource<string>();
        var withFibula = new TaskCompletionSource<string>();
        var app = new UiApp("early");
        StagedProgram? program = null;

        await using StagedProgram started = await StagedProgram.StartAsync(
            () => new TestApplication(application =>
            {
                program!.App = app;
                app.Attach(new AvaloniaLoop(program.Lifetime));
                program.Lifetime.MainWindow = new Window();
            }),
            before: begun =>
            {
                program = begun;
                _ = GoOnAsync(byHand);
                app.Tasks.Run(() => GoOnAsync(withFibula));
            });

        Assert.Equal("pool", await StagedProgram.Within(byHand.Task));
        Assert.Equal("stage", await StagedProgram.Within(withFibula.Task));
    }

    [Fact]
    [Trait("Behaviour", "B57")]
    public async Task Await_ThatOutlivesTheToolkit_GoesOnOnlyWithFibula()
    {
        var signal = new TaskCompletionSource();
        var byHand = new TaskCompletionSource<string>();
        var withFibula = new TaskCompletionSource<string>();
        await using StagedProgram program = await StagedProgram.StartAsync();
        await program.OnUiAsync(() =>
        {
            program.App.Tasks.CloseGrace = TimeSpan.Zero;
            _ = OutliveAsync(signal.Task, byHand);
            program.App.Tasks.Run(() => OutliveAsync(signal.Task, withFibula));
        });

        program.App.Exit();
        await program.Ended;
        signal.SetResult();

        // The hand-written one was posted to the dispatcher at this moment, which drops it.
        Assert.Equal("pool", await StagedProgram.Within(withFibula.Task));
        Assert.False(byHand.Task.IsCompleted);
    }

    private static async Task GoOnAsync(TaskCompletionSource<string> wentOnOn)
    {
        await Task.Yield();
        wentOnOn.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : StagedProgram.ToolkitThread);
    }

    private static async Task OutliveAsync(Task signal, TaskCompletionSource<string> wentOnOn)
    {
        await signal;
        wentOnOn.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : StagedProgram.ToolkitThread);
    }
}
