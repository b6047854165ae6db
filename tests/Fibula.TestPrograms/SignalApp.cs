using System.Runtime.InteropServices;

namespace Fibula.TestPrograms;

/// <summary>An app with one task, whose exit hook does what the scenario says.</summary>
internal sealed class SignalApp(string scenario, TaskScope? owner = null) : UiApp("app", owner)
{
    protected override void Startup()
    {
        switch (scenario)
        {
            case "deaf":
                Tasks.Run(NeverEndAsync, new TaskOptions { Name = "Upload" });
                break;
            case "patient":
                ForcedExitLimit = TimeSpan.FromMinutes(10);
                Tasks.Run(NeverEndAsync, new TaskOptions { Name = "Upload" });
                break;
            case "no time":
                ForcedExitLimit = TimeSpan.Zero;
                Tasks.Run(NeverEndAsync, new TaskOptions { Name = "Upload" });
                break;
            case "any time":
                ForcedExitLimit = Timeout.InfiniteTimeSpan;
                Tasks.CloseGrace = Timeout.InfiniteTimeSpan;
                Tasks.Run(CleanUpUntilASecondSignalAsync, new TaskOptions { Name = "Import" });
                break;
            case "slow clean-up":
                ForcedExitLimit = TimeSpan.FromMinutes(10);
                Tasks.Run(CleanUpUntilASecondSignalAsync, new TaskOptions { Name = "Import" });
                break;
            case "long hook":
                ForcedExitLimit = TimeSpan.FromMinutes(10);
                break;
            case "refuses" or "fails":
                ForcedExitLimit = TimeSpan.FromMinutes(10);
                Tasks.Run(CleanUpWhenToldAsync, new TaskOptions { Name = "Import" });
                break;
            default:
                Tasks.Run(CleanUpWhenToldAsync, new TaskOptions { Name = "Import" });
                break;
        }
    }

    protected override Task OnRunningAsync()
    {
        Console.Out.WriteLine("ready");
        if (scenario is "blocked" or "no time")
        {
            new ManualResetEventSlim().Wait();
        }

        return Task.CompletedTask;
    }

    protected override Task<bool> OnExitAsync(ExitCause cause)
    {
        Console.Out.WriteLine($"asked: {cause}");
        return scenario switch
        {
            "refuses" => Task.FromResult(false),
            "fails" => throw new InvalidOperationException("No disk."),
            "hangs" or "long hook" => new TaskCompletionSource<bool>().Task,
            "blocks in the hook" => Task.FromResult(new ManualResetEventSlim().Wait(Timeout.Infinite, CancellationToken.None)),
            _ => Task.FromResult(true),
        };
    }

    private static async Task CleanUpUntilASecondSignalAsync(TaskContext task)
    {
        var second = new TaskCompletionSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => second.SetResult());
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => second.SetResult());
        try
        {
            await task.Delay(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            Console.Out.WriteLine("cleaning up");
            await second.Task;
            Console.Out.WriteLine("cleaned up");
        }
    }

    private static async Task NeverEndAsync(TaskContext task)
    {
        using CancellationTokenRegistration told = task.CancellationToken.Register(static () => Console.Out.WriteLine("told"));
        await new TaskCompletionSource().Task;
    }

    private static async Task CleanUpWhenToldAsync(TaskContext task)
    {
        try
        {
            await task.Delay(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            Console.Out.WriteLine("cleaned up");
        }
    }
}
