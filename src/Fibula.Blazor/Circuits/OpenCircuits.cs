using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Fibula;

/// <summary>
/// The circuits of a server. When that is to stop, the tasks of all are told at once and waited for as long as the server takes for stopping. Not later:
/// a browser that comes back meanwhile may keep the server for all of that time.
/// </summary>
internal sealed class OpenCircuits : IHostedLifecycleService
{
    private readonly ConcurrentDictionary<BlazorLoop, bool> _loops = new();

    public void Add(BlazorLoop loop) => _loops[loop] = true;

    public void Remove(BlazorLoop loop) => _loops.TryRemove(loop, out _);

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_loops.Keys.Select(static loop => loop.CloseAsync())).WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
