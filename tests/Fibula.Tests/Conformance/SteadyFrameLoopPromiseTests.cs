using Fibula.Testing;

namespace Fibula.Tests.Conformance;

public sealed class SteadyFrameLoopPromiseTests
{
    [Theory, LoopPromises<SteadyFrameLoopHost>]
    public Task KeepsThePromise(string promise) => LoopConformance.RunAsync(promise, new SteadyFrameLoopHost());
}
