namespace Fibula.Tests.Conformance;

public sealed class OwnedContextPromiseTests
{
    [Theory, LoopPromises<OwnedContextHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new OwnedContextHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new OwnedContextHost());
}
