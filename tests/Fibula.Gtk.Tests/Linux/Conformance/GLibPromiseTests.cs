using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux.Conformance;

public sealed class GLibPromiseTests
{
    [Theory, LoopPromises<GLibHost>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new GLibHost());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new GLibHost());
}
