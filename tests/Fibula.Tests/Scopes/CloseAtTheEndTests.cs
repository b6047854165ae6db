using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

// A close that is pending when its loop ends, or when another close gives its tasks up, must still come to its report.
public sealed class CloseAtTheEndTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;

    public CloseAtTheEndTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
    }

    [Fact]
    [Trait("Behaviour", "B41")]
    public void CloseAsync_TheLoopEndsMeanwhile_ComesToItsReport()
    {
        _window.CloseGrace = Timeout.InfiniteTimeSpan;
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "stubborn" });
        Task<CloseReport> close = _window.CloseAsync();

        _loop.End();

        Assert.True(close.IsCompleted);
        Assert.Equal("stubborn", Assert.Single(close.Result.Survivors).Name);
        Assert.Equal(0, close.Result.LostCount);
    }

    [Fact]
    [Trait("Behaviour", "B42")]
    public void CloseAsync_FromInside_TheLoopEndsMeanwhile_GoesOn()
    {
        bool wentOn = false;
        _window.CloseGrace = Timeout.InfiniteTimeSpan;
        _window.Run(() => new TaskCompletionSource().Task);
        BackgroundTask inside = _window.Run(async () =>
        {
            await _window.CloseAsync().ConfigureAwait(false);
            wentOn = true;
        });

        _loop.End();
        _loop.RunUntil(() => inside.IsCompleted);

        Assert.True(wentOn);
    }

    [Fact]
    [Trait("Behaviour", "B41")]
    public void CloseAsync_TheParentGivesItsTasksUp_ComesToItsReport()
    {
        _window.CloseGrace = Timeout.InfiniteTimeSpan;
        _app.CloseGrace = TimeSpan.FromSeconds(1);
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "stubborn" });
        Task<CloseReport> close = _window.CloseAsync();

        _loop.RunUntilEnded(_app.CloseAsync());
        _loop.RunUntilIdle();

        Assert.True(close.IsCompleted);
        Assert.Equal("stubborn", Assert.Single(close.Result.Survivors).Name);
    }
}
