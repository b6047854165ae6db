using Fibula.Testing;

namespace Fibula.Blazor.Tests.Conformance;

/// <summary>A real renderer with a real page, without a browser in front of it.</summary>
internal sealed class BlazorHost : LoopHost
{
    private readonly PageRenderer _renderer;
    private BlazorLoop? _loop;

    public BlazorHost() => _renderer = new PageRenderer(AddUnhandledError);

    public override string Name => "BlazorLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.OneThread] = "A circuit has no thread of its own: one pool thread after another is let into it.",
        [LoopFeature.OwnContext] = "Components may be touched under the renderer's own context only, so work runs under that; after the end it goes on there too, with its token signaled.",
        [LoopFeature.NestedLoops] = "A circuit has no dialogs that pump inside a callback.",
        [LoopFeature.RefusableEnd] = "When a circuit closes its user has gone: the exit hook is told, and its no changes nothing.",
        [LoopFeature.SuddenEnd] = "The adapter holds back every close of a circuit.",
        [LoopFeature.Windows] = "A circuit shows one page and has no windows. That a page is left in the same order is tested by itself.",
    };

    public override async Task RunAsync(UiApp app)
    {
        await _renderer.Dispatcher.InvokeAsync(() => Open(app));
        await _loop!.Ended;
    }

    public override void InjectInput(Action received) => _renderer.Click(received);

    public override Task RepaintAsync() => _renderer.RepaintAsync();

    // What the server does when the browser has gone and the time for coming back is over.
    public override void EndByItself() => _renderer.Dispatcher.InvokeAsync(_loop!.CloseAsync);

    private void Open(UiApp app)
    {
        _loop = new BlazorLoop();
        try
        {
            app.Attach(_loop);
            _renderer.Show();
        }
        catch
        {
            _loop.End();
            throw;
        }
    }
}
