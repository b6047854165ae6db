using Fibula.Blazor.Tests.Components;

namespace Fibula.Blazor.Tests.Loops;

public sealed class ServerLoopTests
{
    [Fact, Trait("Behaviour", "B57")]
    public async Task Turn_HidesItsScheduler_SoThatParallelWorkRunsOnThePool()
    {
        var loop = new ServerLoop();
        UiApp app = loop.UseFibula();

        TaskScheduler seen = await Circuit.Within(app.Tasks.Run(static () => Task.FromResult(TaskScheduler.Current)).AsTask());
        loop.End();

        Assert.Same(TaskScheduler.Default, seen);
    }
}
