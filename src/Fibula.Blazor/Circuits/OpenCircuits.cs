using System.Collections.Concurrent;
using Fibula.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fibula;

/// <summary>
/// The circuits of a server. When the server is to stop, the tasks of all circuits are canceled at the same time and waited for as long as the server's own limit. Not later:
/// a browser that reconnects may keep the server for all of that time. Tasks that still run are logged.
/// </summary>
internal sealed class OpenCircuits(ILogger<OpenCircuits> logger) : IHostedLifecycleService
{
    private readonly ConcurrentDictionary<BlazorLoop, bool> _loops = new();

    public void Add(BlazorLoop loop) => _loops[loop] = true;

    public void Remove(BlazorLoop loop) => _loops.TryRemove(loop, out _);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var closed = Task.WhenAll(_loops.Keys.Select(static loop => loop.CloseAsync()));
        try
        {
            await closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (TaskSnapshot left in _loops.Keys.SelectMany(static loop => TasksIn(loop.App!.Tasks.Snapshot())))
            {
                logger.LogWarning("The server stops while '{Task}' of a circuit still runs.", TaskText.Subject(left));
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<TaskSnapshot> TasksIn(ScopeSnapshot scope) => scope.Tasks.Concat(scope.Children.SelectMany(TasksIn));
}
