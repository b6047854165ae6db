using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Fibula.Blazor.Tests.Components;

/// <summary>A user's open page without a browser: the renderer of bUnit, with the app that a circuit would have.</summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly BunitContext _context = new();
    private readonly TaskCompletionSource<Exception> _thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Circuit()
    {
        // A busy machine may take longer than the second that bUnit waits for an element.
        BunitContext.DefaultWaitTimeout = Limit;
        _context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
#pragma warning disable BL0006 // What a callback throws comes to the renderer, as on the server.
        _context.Renderer.UnhandledSynchronizationException += (_, e) => _thrown.TrySetResult((Exception)e.ExceptionObject);
#pragma warning restore BL0006
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public BlazorLoop Loop { get; private set; } = null!;

    public UiApp App { get; private set; } = null!;

    public NavigationManager Navigation => _context.Services.GetRequiredService<NavigationManager>();

    public static async Task<Circuit> OpenAsync(Action<UiAppOptions>? configure = null, TimeProvider? clock = null)
    {
        var circuit = new Circuit();
        await circuit._context.Renderer.Dispatcher.InvokeAsync(() =>
        {
            circuit.Loop = new BlazorLoop(circuit.Navigation, clock);
            circuit.App = circuit.Loop.UseFibula(configure);
        });
        return circuit;
    }

    public IRenderedComponent<T> Show<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent => _context.Render(parameters);

    /// <summary>Removes all components from the page, as leaving it does.</summary>
    public Task LeaveAsync() => Within(_context.DisposeComponentsAsync());

    /// <summary>Runs something inside the renderer.</summary>
    public Task<T> InvokeAsync<T>(Func<T> callback) => Within(_context.Renderer.Dispatcher.InvokeAsync(callback));

    public Task InvokeAsync(Action callback) => Within(_context.Renderer.Dispatcher.InvokeAsync(callback));

    /// <summary>Waits until what was queued so far has run.</summary>
    public async Task SettleAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(done.SetResult);
        await Within(done.Task);
    }

    /// <summary>What reached the place of exceptions that nobody catches.</summary>
    public async Task<Exception> UnhandledAsync() => await Within(_context.Renderer.UnhandledException);

    /// <summary>What a callback has thrown, which ends a circuit of the server.</summary>
    public Task<Exception> ThrownAsync() => Within(_thrown.Task);

    public async ValueTask DisposeAsync()
    {
        await Within(Loop.CloseAsync());
        await _context.DisposeAsync();
    }

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task Within(Task task) => task.WaitAsync(Limit, TimeProvider.System);
}
