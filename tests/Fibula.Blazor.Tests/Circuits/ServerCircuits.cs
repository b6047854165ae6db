using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fibula.Blazor.Tests.Circuits;

/// <summary>The services of a server that says <c>UseFibula</c>, and circuits that are opened and closed as the server does it.</summary>
internal sealed class ServerCircuits : IAsyncDisposable
{
    private readonly BunitContext _page = new();
    private readonly ServiceProvider _services;

    public ServerCircuits(Action<IServerSideBlazorBuilder> use)
    {
        var services = new ServiceCollection();
        use(services.AddRazorComponents().AddInteractiveServerComponents());
        services.AddScoped<NavigationManager>(_ => _page.Services.GetRequiredService<NavigationManager>());
        _services = services.BuildServiceProvider();
    }

    public AsyncServiceScope NewCircuit() => _services.CreateAsyncScope();

    public Task OpenAsync(AsyncServiceScope circuit) => EachAsync(circuit, handler => handler.OnCircuitOpenedAsync(null!, CancellationToken.None));

    public Task CloseAsync(AsyncServiceScope circuit) => EachAsync(circuit, handler => handler.OnCircuitClosedAsync(null!, CancellationToken.None));

    public Task StartServerAsync() => EachServiceAsync(static service => service.StartingAsync(CancellationToken.None));

    public Task StoppedServerAsync() => EachServiceAsync(static service => service.StoppedAsync(CancellationToken.None));

    public Task StopServerAsync(CancellationToken timeIsOver = default) => EachServiceAsync(service => service.StoppingAsync(timeIsOver));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _page.DisposeAsync();
    }

    private async Task EachServiceAsync(Func<IHostedLifecycleService, Task> call)
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await call(service);
        }
    }

    private async Task EachAsync(AsyncServiceScope circuit, Func<CircuitHandler, Task> call)
    {
        foreach (var handler in circuit.ServiceProvider.GetServices<CircuitHandler>().OrderBy(handler => handler.Order))
        {
            await Components.Circuit.Within(_page.Renderer.Dispatcher.InvokeAsync(() => call(handler)));
        }
    }
}
