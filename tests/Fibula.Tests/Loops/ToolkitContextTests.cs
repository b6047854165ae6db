using Fibula.Toolkits;

namespace Fibula.Tests.Loops;

public sealed class ToolkitContextTests
{
    [Fact]
    public void Constructor_WithoutTheContextThatWorkIsToRunUnder_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new ForeignLoop(null));

        Assert.StartsWith("Work is to run under the toolkit's context, and there is none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_OfALoopWhoseToolkitComparesContexts_IsTheToolkitsOwn()
    {
        var own = new SynchronizationContext();

        Assert.Same(own, new ForeignLoop(own).Context);
    }

    private sealed class ForeignLoop(SynchronizationContext? context) : ToolkitLoop(null, context, runsUnderToolkitContext: true)
    {
        protected override bool CheckAccessCore() => true;

        protected override void RequestTurn(bool yielding)
        {
        }
    }
}
