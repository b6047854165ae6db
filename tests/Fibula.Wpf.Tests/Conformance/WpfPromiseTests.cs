using Fibula.Tests.Conformance;

namespace Fibula.Wpf.Tests.Conformance;

[Collection("WPF")]
public sealed class WpfPromiseTests
{
    [Theory, LoopPromises<WpfHost>(OfNoWindows = true)]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new WpfHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new WpfHost());
}
