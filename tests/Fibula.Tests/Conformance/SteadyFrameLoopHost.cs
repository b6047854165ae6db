using Fibula.Testing;

namespace Fibula.Tests.Conformance;

/// <summary>Draws a frame every few milliseconds, whatever happens.</summary>
internal sealed class SteadyFrameLoopHost : FrameLoopHost
{
    private readonly ManualResetEvent _never = new(initialState: false);

    public override string Name => "ManualLoop, at every frame";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>(LacksOfAll())
    {
        [LoopFeature.ImmediateWake] = "It polls: a post waits for the next frame.",
    };

    protected override ManualLoop MakeLoop() => new();

    protected override void WaitForFrame() => _never.WaitOne(TimeSpan.FromMilliseconds(4));
}
