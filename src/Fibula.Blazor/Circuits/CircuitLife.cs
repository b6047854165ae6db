using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Fibula;

/// <summary>The app of one circuit. It begins when that opens and survives a lost connection; its tasks have ended when the circuit is closed.</summary>
internal sealed class CircuitLife(CircuitStart start, OpenCircuits circuits, NavigationManager navigation, IServiceProvider services) : CircuitHandler
{
    private BlazorLoop? _loop;
    private UiApp? _app;

    /// <summary>The app of the circuit; where there is none, for a page that is only prerendered, one that takes no task.</summary>
    public UiApp App => _app ?? Prerendering.AppOf("page");

    /// <summary>The first of all handlers: the others, and the first page, find the app.</summary>
    public override int Order => int.MinValue;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _loop = new BlazorLoop(navigation);
        try
        {
            _app = start.Start(services, _loop);
        }
        catch
        {
            _loop.End();
            throw;
        }

        circuits.Add(_loop);
        return Task.CompletedTask;
    }

    public override async Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_loop is { } loop)
        {
            await loop.CloseAsync().ConfigureAwait(false);
            circuits.Remove(loop);
        }
    }
}
