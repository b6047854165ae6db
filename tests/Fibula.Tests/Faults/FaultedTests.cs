using System.Runtime.CompilerServices;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

public sealed class FaultedTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly List<TaskFault> _faults = [];
    private int _raisedOnThread;

    public FaultedTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _window.Faulted += fault =>
        {
            _faults.Add(fault);
            _raisedOnThread = Environment.CurrentManagedThreadId;
        };
    }

    [Fact]
    [Trait("Behaviour", "B45")]
    public void Faulted_NobodyAwaits_TellsNameScopeAgeAndPlace()
    {
        var error = new InvalidOperationException("Broken.");
        DateTimeOffset start = _loop.TimeProvider.GetUtcNow();
        int line = Here() + 1;
        BackgroundTask task = _window.Run(
            async task =>
            {
                await task.Delay(TimeSpan.FromSeconds(2));
                throw error;
            },
            new TaskOptions { Name = "Import" });

        _loop.RunUntil(() => _faults.Count > 0);

        TaskFault fault = Assert.Single(_faults);
        Assert.Equal(("Import", "window", TimeSpan.FromSeconds(2), start), (fault.Name, fault.ScopeName, fault.Age, fault.StartedAt));
        Assert.Equal(("FaultedTests.cs", line), (Path.GetFileName(fault.FilePath), fault.LineNumber));
        Assert.Same(error, fault.Exception);
        Assert.Same(task, fault.Task);
        Assert.Equal("Task 'Import' failed: Broken.", fault.Message);
        Assert.StartsWith($"Task 'Import' failed: Broken. Started at {fault.FilePath}:{line}.", fault.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "B33")]
    public void Faulted_OfATaskThatFailsAsItsScopeCloses_IsRaisedBeforeTheCloseIsComplete(bool atOnce)
    {
        bool isClosed = false;
        var closedWhenRaised = new List<bool>();
        _window.Faulted += _ => closedWhenRaised.Add(isClosed);
        BackgroundTask closing = _app.Run(async () =>
        {
            _window.Run(async task =>
            {
                await (atOnce ? Task.CompletedTask : task.Delay(TimeSpan.FromHours(1)).ContinueWith(static _ => { }, TaskScheduler.Default));
                throw new InvalidOperationException("Broken.");
            });
            await _window.CloseAsync();
            isClosed = true;
        });

        _loop.RunUntilEnded(closing);
        _loop.RunUntilIdle();

        Assert.Equal([false], closedWhenRaised);
    }

    [Fact]
    [Trait("Behaviour", "B45")]
    public void Faulted_WorkThrowsAtOnce_IsRaisedInTheNextTurnAndNotInsideRun()
    {
        BackgroundTask task = _window.Run(() => throw new InvalidOperationException());

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Empty(_faults);
        _loop.RunUntilIdle();
        Assert.Single(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B45")]
    public void Faulted_AwaitedByThenInTheSameTurn_IsNotRaised()
    {
        BackgroundTask? task = null;
        Task? waiter = null;
        _loop.Post(() => task = _window.Run(() => throw new InvalidOperationException()));
        _loop.Post(() => waiter = WaitAsync(task!));

        _loop.RunUntilIdle();

        Assert.IsType<InvalidOperationException>(waiter!.Exception!.InnerException);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B45")]
    public void Faulted_WorkFailedOnThePool_IsRaisedOnTheUiThread()
    {
        _window.RunOnThreadPool(() => throw new InvalidOperationException());

        _loop.RunUntil(() => _faults.Count > 0);

        Assert.Equal(Environment.CurrentManagedThreadId, _raisedOnThread);
    }

    [Fact]
    [Trait("Behaviour", "B45")]
    public void Faulted_OnlyPropertiesWereRead_IsRaised()
    {
        BackgroundTask task = _window.Run(() => throw new InvalidOperationException());

        _ = (task.Name, task.State, task.IsCompleted, task.CancelReason, task.Progress, task.Elapsed, task.Scope, task.ToString());
        _ = task.ConfigureAwait(false);
        _loop.RunUntilIdle();

        Assert.Single(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B46")]
    public void Fault_SomebodyAwaits_ArrivesThereAndIsNotReported()
    {
        var error = new InvalidOperationException("Broken.");
        Exception? caught = null;

        BackgroundTask waiter = _window.Run(async () => caught = await Record.ExceptionAsync(async () => await _window.Run(() => throw error)));
        _loop.RunUntilEnded(waiter);
        _loop.RunUntilIdle();

        Assert.Same(error, caught);
        Assert.Empty(_faults);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B46")]
    public void Fault_WithAResult_ArrivesAtTheAwait()
    {
        Task<int> waiter = AwaitAsync(_window.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            return int.Parse("no number");
        }));

        _loop.RunUntilEnded(waiter);
        _loop.RunUntilIdle();

        Assert.IsType<FormatException>(waiter.Exception!.InnerException);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B46")]
    public void Fault_TakenAsATask_IsNotReported()
    {
        Task plain = _window.Run(() => throw new InvalidOperationException()).AsTask();

        _loop.RunUntilIdle();

        Assert.IsType<InvalidOperationException>(plain.Exception!.InnerException);
        Assert.Empty(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B46")]
    public void Fault_AwaitedAfterTheReport_ThrowsTooAndIsNotReportedAgain()
    {
        var error = new InvalidOperationException("Broken.");
        BackgroundTask task = _window.Run(() => throw error);
        _loop.RunUntilIdle();

        Task late = WaitAsync(task);
        _loop.RunUntilIdle();

        Assert.Same(error, late.Exception!.InnerException);
        Assert.Single(_faults);
    }

    [Fact]
    [Trait("Behaviour", "B46")]
    public void Fault_AfterItsReport_IsNotRepeatedAtCollection()
    {
        var repeated = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> listen = (_, e) => repeated.AddRange(e.Exception.InnerExceptions.Where(error => error is MarkedException));
        TaskScheduler.UnobservedTaskException += listen;

        FailAndForget(_loop, _window);
        Collector.Collect();
        TaskScheduler.UnobservedTaskException -= listen;

        Assert.Equal(2, _faults.Count);
        Assert.Empty(repeated);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailAndForget(TestLoop loop, TaskScope scope)
    {
        scope.Run(async () =>
        {
            await Task.Yield();
            throw new MarkedException();
        });
        scope.Own(Task.FromException(new MarkedException()));
        loop.RunUntilIdle();
    }

    private static int Here([CallerLineNumber] int line = 0) => line;

    private static async Task WaitAsync(BackgroundTask task) => await task;

    private static async Task<int> AwaitAsync(BackgroundTask<int> task) => await task;

    private sealed class MarkedException : Exception;
}
