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

    // A whole program as one asynchronous method.
    private static void RunMain()
    {
        try
        {
            EventLoop.Run(async task =>
            {
                Console.Out.WriteLine("ready");
                await task.Delay(Timeout.InfiniteTimeSpan);
            });
        }
        catch (BackgroundTaskCanceledException error)
        {
            Console.Out.WriteLine($"canceled by {error.Reason.RequestedBy}");
        }
    }
}
