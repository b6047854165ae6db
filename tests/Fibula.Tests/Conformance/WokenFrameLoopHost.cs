using Fibula.Testing;

namespace Fibula.Tests.Conformance;

/// <summary>Sleeps between frames until something wakes it.</summary>
internal sealed class WokenFrameLoopHost : FrameLoopHost
{
    private readonly AutoResetEvent _woken = new(initialState: true);

    public override string Name => "ManualLoop, woken";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = LacksOfAll();

    protected override ManualLoop MakeLoop() => new(Wake);

    protected override void WaitForFrame() => _woken.WaitOne();

    protected override void Wake() => _woken.Set();
}
