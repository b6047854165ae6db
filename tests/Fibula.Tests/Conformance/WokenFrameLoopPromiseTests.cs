namespace Fibula.Tests.Conformance;

public sealed class WokenFrameLoopPromiseTests
{
    [Theory, LoopPromises<WokenFrameLoopHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new WokenFrameLoopHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new WokenFrameLoopHost());
}
