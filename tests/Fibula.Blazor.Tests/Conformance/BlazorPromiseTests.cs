using Fibula.Tests.Conformance;

namespace Fibula.Blazor.Tests.Conformance;

public sealed class BlazorPromiseTests
{
    [Theory, LoopPromises<BlazorHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new BlazorHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new BlazorHost());
}
