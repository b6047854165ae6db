
namespace Fibula.Testing.Tests.Conformance;

internal sealed class TestLoopHost : LoopHost
{
    private TestLoop? _loop;

    public override string Name => nameof(TestLoop);

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.Windows] = "It shows nothing.",
        [LoopFeature.Input] = "It shows nothing.",
        [LoopFeature.Paint] = "It shows nothing.",
        [LoopFeature.RealTime] = "Its clock jumps when nothing else is left to do, and stands otherwise.",
        [LoopFeature.HeldEnd] = "It ends only when the app has left.",
        [LoopFeature.SuddenEnd] = "It ends only when the app has left.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() => app.Run(_loop = new TestLoop()));

    public override void RunNestedLoop(Task until) => _loop!.RunUntilEnded(until);
}
