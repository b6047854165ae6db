using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Conformance;

[Collection("Windows Forms")]
public sealed class WindowsFormsPromiseTests
{
    [Theory, LoopPromises<WindowsFormsHost>(OfNoWindows = true)]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new WindowsFormsHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new WindowsFormsHost());
}
