namespace Fibula.Blazor.TestPrograms;

/// <summary>A service of the circuit, which starts its own work in the circuit's scope.</summary>
internal sealed class PriceList(TaskScope scope)
{
    public BackgroundTask Refresh() => scope.Run(() =>
    {
        Console.WriteLine($"service: refreshed in {scope.Name}");
        return Task.CompletedTask;
    });
}
