using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Conformance;

[Collection("Windows Forms")]
public sealed class WindowsFormsWindowPromiseTests
{
    [Theory, LoopPromises<WindowsFormsHost>(OfWindows = true)]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new WindowsFormsHost());
}
