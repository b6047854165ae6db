using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class OwnCloseRequestTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public OwnCloseRequestTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(false)]
    [InlineData(true)]
    public void RequestCloseAsync_InsideATaskOfTheScope_DoesNotWaitForThatTask(bool asks)
    {
        _loop.OnAsk = _ => Task.FromResult(CloseAnswer.Wait);
        CloseReport? seen = null;
        BackgroundTask other = _window.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(2)) });
        BackgroundTask closing = _window.Run(
            async () => seen = await _window.RequestCloseAsync(),
            new TaskOptions { OnClose = asks ? ClosePolicy.Ask : ClosePolicy.Cancel });

        _loop.RunUntilEnded(closing);

        Assert.Equal((BackgroundTaskState.Succeeded, TimeSpan.FromSeconds(1)), (other.State, closing.Elapsed));
        Assert.NotNull(seen);
    }
}
