using Fibula.Tests.Conformance;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Loops;

public sealed class TerminalGuiLoopTests
{
    public static TheoryData<string> WaysToStop => ["app.RequestStop", "window.RequestStop", "the quit key", "another thread", "RequestExitAsync"];

    [Fact]
    [Trait("Behaviour", "B1")]
    public async Task UseFibula_WithStartUpWork_RunsItInOrderOnTheUiThread()
    {
        var order = new List<string>();
        var posted = new TaskCompletionSource();
        await using HeadlessTerminal terminal = HeadlessTerminal.Start(terminal =>
        {
            terminal.UseFibula(options =>
            {
                options.OnStartup = _ => order.Add("startup");
                options.OnRunning = () =>
                {
                    order.Add($"running on {HeadlessTerminal.ToolkitThread}");
                    return Task.CompletedTask;
                };
            });
            terminal.App.Post(() => order.Add("post"));
            terminal.App.Post(posted.SetResult);
            terminal.Show(new Window());
        });

        await HeadlessTerminal.Within(posted.Task);

        Assert.Equal(["startup", "running on terminal", "post"], order);
    }

    [Theory]
    [MemberData(nameof(WaysToStop))]
    [Trait("Behaviour", "B82")]
    public async Task Stop_WithRunningTask_IsHeldBackUntilItsCleanUpHasRun(string way)
    {
        ExitCause? cause = null;
        var cleanUp = new TaskCompletionSource<(string Thread, bool IsRunning)>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(options => options.OnExit = asked =>
        {
            cause = asked;
            return Task.FromResult(true);
        });
        await terminal.OnUiAsync(() => terminal.App.Tasks.Run(async task =>
        {
            try
            {
                await HeadlessTerminal.ForeverAsync(task.CancellationToken);
            }
            finally
            {
                await task.SwitchToThreadPoolAsync();
                await task.SwitchToUiAsync();
                cleanUp.SetResult((HeadlessTerminal.ToolkitThread, terminal.Window.IsRunning));
            }
        }));

        await StopAsync(terminal, way);
        await terminal.Ended;

        Assert.Equal(("terminal", true), await HeadlessTerminal.Within(cleanUp.Task));
        Assert.Equal(way == "RequestExitAsync" ? ExitCause.Requested : ExitCause.WindowClosed, cause);
        Assert.Equal(0, terminal.App.CloseReport?.LivingCount);
    }

    [Fact]
    [Trait("Behaviour", "B6")]
    public async Task Stop_WhenTheExitHookSaysNo_StaysAndCancelsNothing()
    {
        var questions = new List<TaskCompletionSource<bool>>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(options => options.OnExit = _ =>
        {
            questions.Add(new TaskCompletionSource<bool>());
            return questions[^1].Task;
        });
        BackgroundTask task = await terminal.OnUiAsync(() => terminal.App.Tasks.Run(HeadlessTerminal.ForeverAsync));

        await StopAsync(terminal, "the quit key");
        await terminal.UntilAsync(() => questions.Count == 1);
        await StopAsync(terminal, "window.RequestStop");
        await terminal.IterationsAsync(3);
        questions[0].SetResult(false);
        await terminal.IterationsAsync(3);

        Assert.Single(questions);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.True(terminal.Window.IsRunning);
        await StopAsync(terminal, "the quit key");
        await terminal.UntilAsync(() => questions.Count == 2);
        questions[1].SetResult(true);
        await terminal.Ended;
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B57")]
    public async Task Dispose_InsideTheLoop_EndsItAtOnce()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        BackgroundTask task = await terminal.OnUiAsync(() => terminal.App.Tasks.Run(HeadlessTerminal.ForeverAsync));

        terminal.App.Post(() =>
        {
            terminal.Application.RequestStop();
            terminal.Application.Dispose();
        });
        await terminal.Ended;

        Assert.False(terminal.App.Post(() => { }));
        await Assert.ThrowsAsync<BackgroundTaskCanceledException>(() => HeadlessTerminal.Within(task.AsTask()));
    }

    [Fact]
    public async Task Run_WithAnExceptionOfTheToolkitsOwn_ThrowsItAndIsNotHeldBack()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();

        terminal.Application.Invoke(() => throw new InvalidDataException("a handler of the window"));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => terminal.Ended);
        Assert.Equal("a handler of the window", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B56")]
    public async Task Post_BehindACallbackThatOpensADialog_RunsInsideTheDialog()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        var order = new List<string>();
        using var dialog = new Dialog();

        terminal.App.Post(() =>
        {
            order.Add("opens");
            terminal.Application.Run(dialog);
            order.Add("closed");
        });
        terminal.App.Post(() => order.Add("first"));
        terminal.App.Post(() => order.Add("second"));
        terminal.App.Post(dialog.RequestStop);
        await terminal.UntilAsync(() => order.Contains("closed"));

        Assert.Equal(["opens", "first", "second", "closed"], order);
    }

    [Fact]
    [Trait("Behaviour", "B51")]
    public async Task Post_WhileTheToolkitHoldsItsTimersForADialog_RunsAndMayCloseIt()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using var dialog = new Dialog();
        var closed = new TaskCompletionSource();
        terminal.Application.Invoke(() =>
        {
            terminal.Application.Run(dialog);
            closed.SetResult();
        });
        await terminal.UntilAsync(() => dialog.IsRunning);

        terminal.App.Post(dialog.RequestStop);

        await HeadlessTerminal.Within(closed.Task);
    }

    [Fact]
    [Trait("Behaviour", "B53")]
    public async Task Post_ThatRepostsItself_LetsKeysAndPaintThrough()
    {
        var keys = new TaskCompletionSource<Key>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        void Again() => terminal.App.Post(Again);
        await terminal.OnUiAsync(() =>
        {
            Again();
            terminal.Window.KeyDown += (_, key) =>
            {
                keys.TrySetResult(key);
                terminal.Window.Add(new Label { Text = "painted" });
            };
        });

        await terminal.PressAsync(Key.A);

        Assert.Equal(Key.A, await HeadlessTerminal.Within(keys.Task));
        await terminal.ShowsAsync("painted");
    }

    [Fact]
    [Trait("Behaviour", "B51")]
    public async Task Work_WithManyShortAwaits_NeedsFewerIterationsThanAwaits()
    {
        const int Awaits = 200;
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        int iterations = 0;
        int quick = 0;
        terminal.Application.Iteration += (_, _) => iterations++;

        await HeadlessTerminal.Within(terminal.App.Tasks.Run(async () =>
        {
            for (int hop = 0; hop < Awaits; hop++)
            {
                long began = TimeProvider.System.GetTimestamp();
                quick += await Task.Run(() => TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMilliseconds(1) ? 1 : 0);
            }
        }).AsTask());

        // A pool that is slow to begin does need them. Usually it is not, and a tenth is enough.
        Assert.InRange(iterations, 0, Awaits - (quick / 2));
    }

    [Fact]
    public async Task Run_TwoWindowsOneAfterAnother_EndsTheAppWithTheMainWindow()
    {
        var seen = new List<string>();
        await using HeadlessTerminal terminal = HeadlessTerminal.Start(terminal =>
        {
            terminal.UseFibula(options => options.OnRunning = () => Task.CompletedTask, window => window is Window { Title: "Main" });
            foreach (string title in new[] { "Login", "Main" })
            {
                var window = new Window { Title = title };
                terminal.App.Post(() => seen.Add($"{terminal.Application.TopRunnableView?.Title} {terminal.App.Tasks.Run(() => Task.CompletedTask).State}"));
                terminal.App.Post(window.RequestStop);
                terminal.Show(window);
            }

            seen.Add($"after {terminal.App.Post(() => { })}");
        });

        await terminal.Ended;

        Assert.Equal(["Login Succeeded", "Main Succeeded", "after False"], seen);
    }

    [Fact]
    public async Task Run_OfAUiApp_RunsTheWindowUntilTheAppHasLeft()
    {
        var app = new UiApp("program");
        string? ranOn = null;
        var terminal = HeadlessTerminal.Start(terminal =>
        {
            using var window = new Window();
            app.Tasks.Run(() =>
            {
                ranOn = HeadlessTerminal.ToolkitThread;
                app.Exit();
                return Task.CompletedTask;
            });
            app.Run(new TerminalGuiLoop(terminal.Application, window));
        });

        await terminal.Ended;

        Assert.Equal("terminal", ranOn);
        Assert.False(app.Post(() => { }));
    }

    [Fact]
    [Trait("Behaviour", "B1")]
    public async Task UseFibula_BeforeInit_RunsInTheSameOrder()
    {
        var happened = new List<string>();
        await UiThread.RunAsync(() =>
        {
            using IApplication application = Application.Create();
            UiApp app = application.UseFibula(options =>
            {
                options.OnStartup = _ => happened.Add("startup");
                options.OnRunning = () =>
                {
                    happened.Add($"running, {application.Initialized}");
                    return Task.CompletedTask;
                };
            });
            application.Init("ansi");
            using var window = new Window();
            window.Tasks.Run(async task =>
            {
                happened.Add("work");
                await task.Delay(TimeSpan.FromMilliseconds(1));
                app.Exit();
            });
            application.Run(window);
        });

        Assert.Equal(["startup", "running, True", "work"], happened);
    }

    [Fact]
    public async Task Run_ApplicationThatIsNotInitialized_InitializesIt()
    {
        var running = new List<bool>();
        await UiThread.RunAsync(() =>
        {
            using IApplication application = Application.Create();
            using var window = new Window();
            var app = new UiApp();
            app.Tasks.Run(() =>
            {
                running.Add(application.Initialized);
                app.Exit();
                return Task.CompletedTask;
            });
            app.Run(new TerminalGuiLoop(application, window));
        });

        Assert.Equal([true], running);
    }

    [Fact]
    public void Dispose_ApplicationThatWasNeverInitialized_EndsTheApp()
    {
        IApplication application = Application.Create();
        UiApp app = application.UseFibula();

        application.Dispose();

        Assert.False(app.Post(() => { }));
    }

    [Fact]
    [Trait("Behaviour", "B58")]
    public async Task CheckAccess_OnAThreadThatHasTheNumberOfTheDeadUiThread_IsFalse()
    {
        UiLoop? loop = null;
        int number = 0;
        await UiThread.RunAsync(() =>
        {
            number = Environment.CurrentManagedThreadId;
            loop = Application.Create().Init("ansi").UseFibula().Loop;
        });

        // The runtime gives a number again once its thread is collected.
        var access = new List<bool>();
        for (int thread = 0; thread < 100 && access.Count == 0; thread++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await UiThread.RunAsync(() =>
            {
                if (Environment.CurrentManagedThreadId == number)
                {
                    access.Add(loop!.CheckAccess());
                }
            });
        }

        Assert.DoesNotContain(true, access);
        loop!.App!.Exit();
    }

    [Fact]
    public void UseFibula_Twice_SaysWhatToDo()
    {
        using IApplication application = Application.Create().Init("ansi");
        application.UseFibula();

        var error = Assert.Throws<InvalidOperationException>(() => application.UseFibula());

        Assert.Equal("The Terminal.Gui application has a Fibula loop already. Call UseFibula() once, before Init().", error.Message);
    }

    private static async Task StopAsync(HeadlessTerminal terminal, string way)
    {
        switch (way)
        {
            case "app.RequestStop":
                await terminal.OnUiAsync(() => terminal.Application.RequestStop());
                break;
            case "window.RequestStop":
                await terminal.OnUiAsync(() => terminal.Window.RequestStop());
                break;
            case "the quit key":
                await terminal.PressAsync(Key.Esc);
                break;
            case "another thread":
                terminal.Application.RequestStop();
                break;
            default:
                await terminal.App.RequestExitAsync();
                break;
        }
    }
}
