using Fibula.Tests.Conformance;

namespace Fibula.TerminalGui.Tests.Conformance;

public sealed class TerminalGuiPromiseTests
{
    [Theory, LoopPromises<TerminalGuiHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new TerminalGuiHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new TerminalGuiHost());
}
