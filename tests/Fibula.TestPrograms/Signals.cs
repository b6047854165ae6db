namespace Fibula.TestPrograms;

/// <summary>Apps on an <see cref="EventLoop"/> that wait for a signal.</summary>
internal static class Signals
{
    public static void Run(string scenario)
    {
        switch (scenario)
        {
            case "main":
                RunMain();
                return;
            case "uncaught main":
                EventLoop.Run(WaitAsync);
                return;
            case "uncaught main with a result":
                Environment.ExitCode = EventLoop.Run(WaitForAResultAsync);
                return;
            case "deaf main":
                EventLoop.Run(IgnoreAsync);
                return;
            case "failing main":
                EventLoop.Run(FailWhenToldAsync);
                return;
            case "finishing main":
                Console.Out.WriteLine($"result: {EventLoop.Run(FinishWhenToldAsync)}");
                return;
            case "root":
                RunUnderARoot();
                return;
            case "ignored result":
                new SignalApp("agrees").Run(new EventLoop());
                return;
            default:
                var app = new SignalApp(scenario);
                int exitCode = app.Run(new EventLoop());
                Console.Out.WriteLine($"report: {app.CloseReport}");
                Environment.ExitCode = exitCode;
                return;
        }
    }

    // The root has no UI thread and takes no signals; the user interface that is joined to it does.
    private static void RunUnderARoot()
    {
        UiApp root = new ServerLoop().UseFibula(static options => options.Name = "root");
        Environment.ExitCode = new SignalApp("agrees", root.Tasks).Run(new EventLoop());
        Console.Out.WriteLine($"root: {root.Tasks.CloseAsync().GetAwaiter().GetResult()}");
    }

    // A whole program as one asynchronous method.
    private static void RunMain()
    {
        try
        {
            EventLoop.Run(WaitAsync);
        }
        catch (BackgroundTaskCanceledException error)
        {
            Console.Out.WriteLine($"canceled by {error.Reason.RequestedBy}");
        }
    }

    private static async Task WaitAsync(TaskContext task)
    {
        Console.Out.WriteLine("ready");
        await task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static async Task<int> WaitForAResultAsync(TaskContext task)
    {
        await WaitAsync(task);
        return 7;
    }

    private static Task IgnoreAsync(TaskContext task)
    {
        Console.Out.WriteLine("ready");
        return new TaskCompletionSource().Task;
    }

    private static async Task FailWhenToldAsync(TaskContext task)
    {
        try
        {
            await WaitAsync(task);
        }
        finally
        {
            throw new InvalidOperationException("No disk.");
        }
    }

    private static async Task<int> FinishWhenToldAsync(TaskContext task)
    {
        try
        {
            return await WaitForAResultAsync(task);
        }
        catch (OperationCanceledException)
        {
            return 42;
        }
    }
}
