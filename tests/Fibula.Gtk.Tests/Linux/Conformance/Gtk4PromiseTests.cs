using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux.Conformance;

[Collection("GTK")]
public sealed class Gtk4PromiseTests
{
    [Theory, LoopPromises<Gtk4Host>]
    public Task KeepsThePromise(string promise) => ToolkitResults.CheckAsync(promise, new Gtk4Host());

    [Fact]
    public void ResultsAreWritten() => ToolkitResults.CheckFile(new Gtk4Host());
}
