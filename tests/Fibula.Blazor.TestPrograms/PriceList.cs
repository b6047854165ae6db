namespace Fibula.Blazor.TestPrograms;

/// <summary>A service of the circuit, which starts its own work in the circuit's scope.</summary>
internal sealed class PriceList(TaskScope scope, ServerLog log)
{
    public BackgroundTask Refresh() => scope.Run(() =>
    {
        log.Write($"service: refreshed in {scope.Name}");
        return Task.CompletedTask;
    });
}
