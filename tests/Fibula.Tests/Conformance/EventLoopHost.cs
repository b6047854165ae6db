using Fibula.Testing;

namespace Fibula.Tests.Conformance;

internal sealed class EventLoopHost : LoopHost
{
    public override string Name => nameof(EventLoop);

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.Windows] = "It shows nothing.",
        [LoopFeature.Input] = "It shows nothing.",
        [LoopFeature.Paint] = "It shows nothing.",
        [LoopFeature.NestedLoops] = "Nothing pumps inside a callback.",
        [LoopFeature.HeldEnd] = "It ends only when the app has left.",
        [LoopFeature.SuddenEnd] = "It ends only when the app has left.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() => app.Run(new EventLoop()));
}
