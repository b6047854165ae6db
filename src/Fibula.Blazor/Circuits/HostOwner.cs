using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fibula;

/// <summary>
/// The app of the server itself, which no user sees: it owns each dropped call that belongs to no circuit, such as one in an HTTP request or in a page that
/// is only prerendered. Faults are logged. It ends with the host, after everything that serves requests.
/// </summary>
internal sealed class HostOwner : IHostedLifecycleService
{
    private readonly ILogger<HostOwner> _logger;
    private readonly UiApp _app = new("server");
    private readonly HostLoop _loop;

    public HostOwner(ILogger<HostOwner> logger)
    {
        _logger = logger;
        _loop = new HostLoop(Log);
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _app.Attach(_loop);
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            CloseReport report = await _app.Tasks.CloseAsync("The server stops.").WaitAsync(cancellationToken).ConfigureAwait(false);
            if (report.Abandoned.Count + report.Survivors.Count > 0)
            {
                _logger.LogWarning("{Report}", report);
            }
        }
        finally
        {
            _loop.End();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Log(TaskFault fault) => _logger.LogError(fault.Exception, "{Message} Started at {File}:{Line}.", fault.Message, fault.FilePath, fault.LineNumber);
}
