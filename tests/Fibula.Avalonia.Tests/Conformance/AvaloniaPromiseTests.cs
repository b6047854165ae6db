using Fibula.Tests.Conformance;

namespace Fibula.Avalonia.Tests.Conformance;

[Collection("Avalonia")]
public sealed class AvaloniaPromiseTests
{
    [Theory, LoopPromises<AvaloniaHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new AvaloniaHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new AvaloniaHost());
}
