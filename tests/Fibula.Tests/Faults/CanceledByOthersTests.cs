using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

public sealed class CanceledByOthersTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<TaskFault> _faults = [];

    public CanceledByOthersTests()
    {
        _window = new TaskScope(_loop, "window");
        _window.Faulted += fault =>
        {
            _faults.Add(fault);
            fault.Handled = true;
        };
    }

    public static TheoryData<string> Cancellations => ["thrown", "thrown at once", "failed with it", "a time-out with a signaled token", "a time-out deep inside"];

    [Theory]
    [MemberData(nameof(Cancellations))]
    [Trait("Behaviour", "B79")]
    public void Cancellation_NobodyToldTheTask_IsAFault(string how)
    {
        BackgroundTask task = _window.Run(() => CancelAsync(how), new TaskOptions { Name = "Download" });

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Null(task.CancelReason);
        TaskFault fault = Assert.Single(_faults);
        Assert.StartsWith("Task 'Download' was canceled by something it called, not by its owner: ", fault.Message);
        Assert.IsType<OperationCanceledException>(fault.Exception, exactMatch: false);
    }

    [Theory]
    [MemberData(nameof(Cancellations))]
    [Trait("Behaviour", "B79")]
    public void Cancellation_TheTaskWasTold_IsACancellation(string how)
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await Task.Yield();
            await CancelAsync(how);
        });

        task.Cancel("Enough.");
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("Enough.", task.CancelReason!.Message);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public void Cancellation_ThatIsAwaited_ThrowsWhatTheWorkThrew()
    {
        var timeout = new TaskCanceledException("The request timed out.");
        Exception? caught = null;

        BackgroundTask waiter = _window.Run(async () =>
            caught = await Record.ExceptionAsync(async () => await _window.Run(() => Task.FromException(timeout))));
        _loop.RunUntilEnded(waiter);

        Assert.Same(timeout, caught);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public void Cancellation_OfAnAwaitedHandle_CancelsWithThatHandlesReason()
    {
        BackgroundTask load = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        BackgroundTask show = _window.Run(async () => await load);

        load.Cancel("The user pressed Stop.");
        _loop.RunUntilEnded(show);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, show.State);
        Assert.Same(load.CancelReason, show.CancelReason);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public void OtherError_TheTaskWasTold_IsAFault()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await Task.Yield();
            throw new IOException("Disk full.");
        });

        task.Cancel();
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("Disk full.", Assert.Single(_faults).Exception.Message);
    }

    private static async Task CancelAsync(string how)
    {
        switch (how)
        {
            case "thrown at once":
                throw new OperationCanceledException();
            case "a time-out with a signaled token":
                throw new TaskCanceledException("The request timed out.", new TimeoutException(), new CancellationToken(canceled: true));
            case "a time-out deep inside":
                throw new TaskCanceledException("The request timed out.", new IOException("Aborted.", new TimeoutException()), new CancellationToken(canceled: true));
            case "failed with it":
                await Task.FromException(new TaskCanceledException("The request timed out.", new TimeoutException()));
                break;
            default:
                await Task.Yield();
                throw new OperationCanceledException();
        }
    }
}
