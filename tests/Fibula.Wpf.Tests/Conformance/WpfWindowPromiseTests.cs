using Fibula.Tests.Conformance;

namespace Fibula.Wpf.Tests.Conformance;

[Collection("WPF")]
public sealed class WpfWindowPromiseTests
{
    [Theory, LoopPromises<WpfHost>(OfWindows = true)]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new WpfHost());
}
