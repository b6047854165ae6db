using Fibula.Tests.Conformance;

namespace Fibula.Testing.Tests.Conformance;

public sealed class TestLoopPromiseTests
{
    [Theory, LoopPromises<TestLoopHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new TestLoopHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new TestLoopHost());
}
