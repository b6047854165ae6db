using Fibula.Testing;

namespace Fibula.Tests.Conformance;

public sealed class EventLoopPromiseTests
{
    [Theory, LoopPromises<EventLoopHost>]
    public Task KeepsThePromise(string promise) => LoopConformance.RunAsync(promise, new EventLoopHost());
}
