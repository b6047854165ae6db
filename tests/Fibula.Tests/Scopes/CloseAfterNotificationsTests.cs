using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>A view is disposed of once its close is complete: nothing may be raised for it afterwards.</summary>
public sealed class CloseAfterNotificationsTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _raised = [];
    private bool _isDisposed;

    public CloseAfterNotificationsTests()
    {
        _window = new TaskScope(_loop, "app").CreateChild("window");
    }

    public static TheoryData<string> Closes => ["on the loop", "posted", "from another thread", "in the middle of the work"];

    [Theory, Trait("Behaviour", "B33")]
    [MemberData(nameof(Closes))]
    public void CloseAsync_WithNotificationsInTheQueue_CompletesAfterThem(string how)
    {
        var mayEnd = new ManualResetEventSlim();
        var command = new TaskCommand(_window, () => Task.CompletedTask);
        command.PropertyChanged += (_, e) => Note($"command {e.PropertyName}");
        BackgroundTask task = _window.RunOnThreadPool(task =>
        {
            task.AsProgress<int>(value => Note($"progress {value}")).Report(1);
            mayEnd.Wait();
        });
        task.StateChanged += (_, state) => Note($"{state}");
        Task close = Task.CompletedTask;
        if (how == "in the middle of the work")
        {
            SpinWait.SpinUntil(() => task.State == BackgroundTaskState.Running);
            close = CloseAndDisposeAsync();
        }

        mayEnd.Set();
        SpinWait.SpinUntil(() => task.IsCompleted);
        command.ExecuteAsync();
        close = how switch
        {
            "on the loop" => CloseAndDisposeAsync(),
            "posted" => Post(),
            "from another thread" => Task.Run(() => CloseAndDisposeAsync()),
            _ => close,
        };
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.DoesNotContain(_raised, entry => entry.StartsWith("late", StringComparison.Ordinal));
        Assert.Contains("Succeeded", _raised);
        Assert.Contains("progress 1", _raised);
    }

    [Theory, Trait("Behaviour", "B33")]
    [InlineData(false)]
    [InlineData(true)]
    public void CloseAsync_OfWorkThatReportsRightBeforeItsEnd_CompletesAfterTheReport(bool onPool)
    {
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask task = onPool ? _window.RunOnThreadPool(WorkAsync) : _window.Run(WorkAsync);
        task.StateChanged += (_, state) => Note($"{state}");
        task.PropertyChanged += (_, e) => Note($"{e.PropertyName} {task.Progress.Message}");
        SpinWait.SpinUntil(() => task.State == BackgroundTaskState.Running);
        _loop.RunUntilIdle();

        Task close = CloseAndDisposeAsync();
        mayEnd.SetResult();
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.DoesNotContain(_raised, entry => entry.StartsWith("late", StringComparison.Ordinal));
        Assert.Contains("Progress last", _raised);
        Assert.Contains("Succeeded", _raised);

        async Task WorkAsync(TaskContext context)
        {
            await mayEnd.Task;
            context.Report(2, 2, "last");
        }
    }

    [Fact, Trait("Behaviour", "B33")]
    public void CloseAsync_OfTheAppAfterASurvivorHasFailed_StillCompletesAfterTheFaults()
    {
        var app = new TaskScope(_loop, "app");
        app.Faulted += fault =>
        {
            fault.Handled = true;
            Note(fault.Exception.Message);
        };
        TaskScope view = app.CreateChild("view");
        var mayEnd = new TaskCompletionSource();
        view.Run(() => FailAfterAsync(mayEnd.Task, "survivor"));
        _loop.RunUntilEnded(view.CloseAsync(within: TimeSpan.Zero));
        mayEnd.SetResult();
        _loop.RunUntilIdle();

        app.RunOnThreadPool(() => FailAfterAsync(Task.CompletedTask, "last"));
        SpinWait.SpinUntil(() => app.Snapshot().Tasks.Count == 0);
        Task close = CloseAndDisposeAsync(app);
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.Equal(["survivor", "last"], _raised);

        static async Task FailAfterAsync(Task start, string message)
        {
            await start;
            throw new InvalidOperationException(message);
        }
    }

    private Task Post()
    {
        var closed = new TaskCompletionSource();
        _loop.Post(async () =>
        {
            await CloseAndDisposeAsync();
            closed.SetResult();
        });
        return closed.Task;
    }

    private async Task CloseAndDisposeAsync(TaskScope? scope = null)
    {
        await (scope ?? _window).CloseAsync().ConfigureAwait(false);
        Volatile.Write(ref _isDisposed, true);
    }

    private void Note(string what) => _raised.Add(Volatile.Read(ref _isDisposed) ? $"late {what}" : what);
}
