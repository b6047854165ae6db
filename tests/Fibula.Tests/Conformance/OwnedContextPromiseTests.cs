using Fibula.Testing;

namespace Fibula.Tests.Conformance;

public sealed class OwnedContextPromiseTests
{
    [Theory, LoopPromises<OwnedContextHost>]
    public Task KeepsThePromise(string promise) => LoopConformance.RunAsync(promise, new OwnedContextHost());
}
