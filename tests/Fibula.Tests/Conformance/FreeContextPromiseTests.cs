namespace Fibula.Tests.Conformance;

public sealed class FreeContextPromiseTests
{
    [Theory, LoopPromises<FreeContextHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new FreeContextHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new FreeContextHost());
}
