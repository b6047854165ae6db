namespace Fibula.Tests.Conformance;

public sealed class EventLoopPromiseTests
{
    [Theory, LoopPromises<EventLoopHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new EventLoopHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new EventLoopHost());
}
