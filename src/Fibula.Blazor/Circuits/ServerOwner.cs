using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fibula;

/// <summary>
/// The app of the server itself, which no user sees: it owns each dropped call that belongs to no circuit, such as one in an HTTP request or in a page that
/// is only prerendered. Faults are logged. It ends with the host, after everything that serves requests.
/// </summary>
internal sealed class ServerOwner : IHostedLifecycleService
{
    /// <summary>Its name, and the key by which services ask for its scope.</summary>
    public const string Name = "server";

    private readonly ILogger<ServerOwner> _logger;
    private readonly UiApp _app = new(Name);
    private readonly ServerLoop _loop;

    public ServerOwner(ILogger<ServerOwner> logger)
    {
        _logger = logger;
        _loop = new ServerLoop(Log);
    }

    /// <summary>The scope of what belongs to the server. Work that is started before the host is queued.</summary>
    public TaskScope Tasks => _app.Tasks;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _app.Attach(_loop);
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        Task close = _app.Tasks.CloseAsync("The server stops.");
        try
        {
            await close.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server's time for stopping is over: whatever still runs is named.
        }

        _loop.End();
        foreach (CloseReportEntry left in _app.CloseReport is { } report ? report.Survivors.Concat(report.Abandoned) : [])
        {
            _logger.LogWarning("The server stops while {Task} still runs.", left);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Log(TaskFault fault)
    {
        if (string.IsNullOrEmpty(fault.FilePath))
        {
            _logger.LogError(fault.Exception, "{Message}", fault.Message);
        }
        else
        {
            _logger.LogError(fault.Exception, "{Message} Started at {File}:{Line}.", fault.Message, fault.FilePath, fault.LineNumber);
        }
    }
}
