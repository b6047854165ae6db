using Fibula.Testing;

namespace Fibula.Tests.Conformance;

public sealed class WokenFrameLoopPromiseTests
{
    [Theory, LoopPromises<WokenFrameLoopHost>]
    public Task KeepsThePromise(string promise) => LoopConformance.RunAsync(promise, new WokenFrameLoopHost());
}
