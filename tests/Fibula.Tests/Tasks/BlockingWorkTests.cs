using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>Work that blocks or computes on the pool: threads are real here, and so is the time.</summary>
public sealed class BlockingWorkTests : IDisposable
{
    private readonly TestLoop _loop = StartedLoop.CreateInRealTime();
    private readonly TaskScope _window;
    private readonly ManualResetEventSlim _began = new();
    private readonly ManualResetEventSlim _finish = new();

    public BlockingWorkTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    public void Dispose()
    {
        _finish.Set();
        _began.Dispose();
    }

    [Fact]
    [Trait("Behaviour", "B37")]
    public void CanceledBeforeItBegan_IsNeverCalled()
    {
        bool wasCalled = false;
        var window = new TaskScope(new TestLoop(), "window");
        BackgroundTask task = window.RunOnThreadPool(() => wasCalled = true);

        task.Cancel();

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.False(wasCalled);
    }

    [Fact]
    [Trait("Behaviour", "B37")]
    public void TheThread_SeesTheCancellationWithItsReason()
    {
        BackgroundTask task = _window.RunOnThreadPool(task =>
        {
            _began.Set();
            task.CancellationToken.WaitHandle.WaitOne();
            task.ThrowIfCancellationRequested();
        });
        _began.Wait();

        task.Cancel("Enough computed.");
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        BackgroundTaskCanceledException error = Assert.Throws<BackgroundTaskCanceledException>(() => task.GetAwaiter().GetResult());
        Assert.Equal("Enough computed.", error.Reason.Message);
    }

    [Fact]
    [Trait("Behaviour", "B37")]
    public void ThrowIfCancellationRequested_CarriesTheReason()
    {
        BackgroundTaskCanceledException? seen = null;
        BackgroundTask<int> task = _window.RunOnThreadPool(task =>
        {
            _began.Set();
            task.CancellationToken.WaitHandle.WaitOne();
            seen = Assert.Throws<BackgroundTaskCanceledException>(task.ThrowIfCancellationRequested);
            return 3;
        });
        _began.Wait();

        task.Cancel("Enough computed.");
        _loop.RunUntilEnded(task);

        Assert.Equal("Enough computed.", seen!.Reason.Message);
        Assert.Equal(3, task.AsTask().Result);
    }

    [Fact]
    [Trait("Behaviour", "B37")]
    public void Abandon_IsToldNotWaitedForAndNamed()
    {
        BackgroundTask task = _window.RunOnThreadPool(Block, new TaskOptions { Name = "Read", OnClose = ClosePolicy.Abandon });
        _began.Wait();

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal("Read", Assert.Single(close.Result.Abandoned).Name);
        Assert.Equal(BackgroundTaskState.Canceling, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B37")]
    public void Otherwise_IsWaitedForThenASurvivor()
    {
        _window.CloseGrace = TimeSpan.FromMilliseconds(20);
        BackgroundTask task = _window.RunOnThreadPool(Block, new TaskOptions { Name = "Read" });
        _began.Wait();

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);
        string explained = task.Explain();

        Assert.Equal("Read", Assert.Single(close.Result.Survivors).Name);
        Assert.EndsWith("and runs at this moment.", explained, StringComparison.Ordinal);
    }

    private void Block()
    {
        _began.Set();
        _finish.Wait();
    }
}
