using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>A host that has no loop.</summary>
internal sealed class FuzzHost : LoopHost
{
    public override string Name => "nothing";

    public override Task RunAsync(UiApp app) => Task.FromException(new FuzzException("There is no loop."));
}
