namespace Fibula.TestPrograms;

/// <summary>Processes that end while tasks run, without a close.</summary>
internal static class Ends
{
    public static void Run(string scenario)
    {
        switch (scenario)
        {
            case "return":
                StartOnAFrameLoop();
                return;
            case "return while very many run":
                StartManyOnAFrameLoop();
                return;
            case "return while the pool works":
                ReturnWhileThePoolWorks();
                return;
            case "return while a loop runs":
                ReturnWhileALoopRuns();
                return;
            case "return with nothing left":
                Pump(new RunningApp());
                return;
            case "exit on the UI thread":
                RunAndCall(() => Environment.Exit(3));
                return;
            case "exit on the pool":
                ExitOnThePoolWhileTheUiThreadIsBlocked();
                return;
            case "unhandled on the UI thread":
                StartOnAFrameLoop();
                throw new InvalidOperationException("No disk.");
            case "unhandled on the pool":
                StartOnAFrameLoop();
                ThreadPool.QueueUserWorkItem(_ => throw new InvalidOperationException("No disk."));
                new ManualResetEventSlim().Wait();
                return;
            default:
                throw new ArgumentException($"There is no scenario '{scenario}' among the ends.");
        }
    }

    private static void StartOnAFrameLoop()
    {
        var app = new RunningApp();
        app.Tasks.Run(ForeverAsync, new TaskOptions { Name = "Import" });
        app.Tasks.CreateChild("window").Run(ForeverAsync, new TaskOptions { Name = "Export" });
        Pump(app);
    }

    private static void StartManyOnAFrameLoop()
    {
        var app = new RunningApp();
        for (int number = 1; number <= 1000; number++)
        {
            app.Tasks.Run(ForeverAsync, new TaskOptions { Name = $"{number}" });
        }

        Pump(app);
    }

    private static void ReturnWhileThePoolWorks()
    {
        var app = new RunningApp();
        using var begun = new ManualResetEventSlim();
        app.Tasks.RunOnThreadPool(
            () =>
            {
                begun.Set();
                new ManualResetEventSlim().Wait();
            },
            new TaskOptions { Name = "Hash" });
        Pump(app);
        begun.Wait();
    }

    private static void ReturnWhileALoopRuns()
    {
        var running = new ManualResetEventSlim();
        var app = new RunningApp { OnceRunning = running.Set };
        app.Tasks.Run(ForeverAsync, new TaskOptions { Name = "Import" });
        var thread = new Thread(() => app.Run(new EventLoop())) { IsBackground = true };
        thread.Start();
        running.Wait();
    }

    private static void ExitOnThePoolWhileTheUiThreadIsBlocked() => RunAndCall(() =>
    {
        ThreadPool.QueueUserWorkItem(_ => Environment.Exit(3));
        new ManualResetEventSlim().Wait();
    });

    private static void RunAndCall(Action callback)
    {
        var app = new RunningApp { OnceRunning = callback };
        app.Tasks.Run(ForeverAsync, new TaskOptions { Name = "Import" });
        app.Run(new EventLoop());
    }

    private static void Pump(RunningApp app)
    {
        bool isRunning = false;
        app.OnceRunning = () => isRunning = true;
        var loop = new ManualLoop();
        app.Attach(loop);
        while (!isRunning)
        {
            loop.Pump();
        }
    }

    private static Task ForeverAsync(TaskContext task) => task.Delay(Timeout.InfiniteTimeSpan);
}
