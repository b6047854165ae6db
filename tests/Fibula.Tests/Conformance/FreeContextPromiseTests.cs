using Fibula.Testing;

namespace Fibula.Tests.Conformance;

public sealed class FreeContextPromiseTests
{
    [Theory, LoopPromises<FreeContextHost>]
    public Task KeepsThePromise(string promise) => LoopConformance.RunAsync(promise, new FreeContextHost());
}
