namespace Fibula.Tests.Conformance.Linux;

public sealed class SdlFrameLoopPromiseTests
{
    [Theory, LoopPromises<SdlFrameLoopHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new SdlFrameLoopHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new SdlFrameLoopHost());
}
