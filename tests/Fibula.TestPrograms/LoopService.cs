using Microsoft.Extensions.Hosting;

namespace Fibula.TestPrograms;

/// <summary>A service that runs an app on a loop and a thread of its own.</summary>
internal sealed class LoopService : IHostedService
{
    private readonly RunningApp _app = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.OnceRunning = running.SetResult;
        _thread = new Thread(() => _app.Run(new EventLoop()));
        _thread.Start();
        return running.Task;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _app.Exit();
        _thread!.Join();
        return Task.CompletedTask;
    }
}
