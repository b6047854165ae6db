namespace Fibula.Tests.Conformance;

public sealed class SteadyFrameLoopPromiseTests
{
    [Theory, LoopPromises<SteadyFrameLoopHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new SteadyFrameLoopHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new SteadyFrameLoopHost());
}
