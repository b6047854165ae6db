namespace Fibula.Tests.Scopes;

/// <summary>Very many tasks are asked to cancel in slices. Nobody must see how far that has come, and none of them goes on as if nothing had been asked.</summary>
public sealed class RequestOnItsWayTests
{
    private static readonly int Many = Rounds.Of(20_000);

    private readonly List<BackgroundTask> _tasks = [];
    private readonly List<TaskContext> _contexts = [];
    private bool _isAsked;
    private int _lateSteps;

    public static TheoryData<string> Requests => ["close", "cancel", "close from a thread", "cancel from a thread"];

    [Theory, Trait("Behaviour", "B44"), MemberData(nameof(Requests))]
    public void NoStepOfWork_HasAFreshToken(string request)
    {
        EventLoop.Run(async task =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            StartMany(scope, StepAsync);
            await task.Delay(TimeSpan.FromMilliseconds(1));

            await Ask(scope, request, () => _isAsked = true);
            await WhenAllEnded();
        });

        // The step that the UI thread was in the middle of, when another thread asked, goes on to its end.
        Assert.InRange(_lateSteps, 0, request.EndsWith("thread", StringComparison.Ordinal) ? 1 : 0);
        Assert.All(_tasks, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
    }

    [Theory, Trait("Behaviour", "B44")]
    [InlineData("close")]
    [InlineData("cancel")]
    public void EveryHandle_SaysAtOnceThatItIsCanceling(string request)
    {
        BackgroundTaskState[] states = [];
        string?[] reasons = [];
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            StartMany(scope, StepAsync);

            Task asked = Ask(scope, request);
            states = [.. _tasks.Select(task => task.State).Distinct()];
            reasons = [.. _tasks.Select(task => task.CancelReason?.Message).Distinct()];

            await asked;
            await WhenAllEnded();
        });

        Assert.Equal([BackgroundTaskState.Canceling], states);
        Assert.Equal(["Enough."], reasons);
    }

    [Theory, Trait("Behaviour", "B44")]
    [InlineData("close")]
    [InlineData("cancel")]
    public void TheWork_SeesItWhereItLooks(string request)
    {
        bool isTokenSignaled = false;
        bool isCallbackRun = false;
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            StartMany(scope, StepAsync);
            using CancellationTokenRegistration registration = _contexts[^1].CancellationToken.Register(() => isCallbackRun = true);

            Task asked = Ask(scope, request);
            isTokenSignaled = _contexts[^1].CancellationToken.IsCancellationRequested && isCallbackRun;
            Assert.Throws<BackgroundTaskCanceledException>(_contexts[^2].ThrowIfCancellationRequested);
            Assert.True(_contexts[^3].Delay(TimeSpan.FromHours(1)).IsCanceled);

            await asked;
            await WhenAllEnded();
        });

        Assert.True(isTokenSignaled);
    }

    [Theory, Trait("Behaviour", "B44")]
    [InlineData("close")]
    [InlineData("cancel")]
    public void WorkThatHasNotBegun_NeverBegins(string request)
    {
        int begun = 0;
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            var started = new Thread(() => StartMany(scope, context =>
            {
                begun++;
                return Task.CompletedTask;
            }));
            started.Start();
            started.Join();

            await Ask(scope, request);
            await WhenAllEnded();
        });

        Assert.Equal(0, begun);
    }

    [Theory, Trait("Behaviour", "B44")]
    [InlineData("close")]
    [InlineData("cancel")]
    public void WorkThatHasNotBegun_IsNeverSeenCanceling(string request)
    {
        BackgroundTaskState[] states = [];
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            var started = new Thread(() => StartMany(scope, StepAsync));
            started.Start();
            started.Join();

            Task asked = Ask(scope, request);
            states = [.. _tasks.Select(task => task.State).Distinct()];

            await asked;
            await WhenAllEnded();
        });

        Assert.DoesNotContain(BackgroundTaskState.Canceling, states);
        Assert.All(_tasks, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
    }

    [Fact, Trait("Behaviour", "B44")]
    public void AChildOfATaskThatIsAsked_StartsCanceled()
    {
        BackgroundTask? child = null;
        bool isFresh = true;
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            StartMany(scope, StepAsync);

            scope.Cancel("Enough.");
            child = _contexts[^1].Run(context =>
            {
                isFresh = !context.CancellationToken.IsCancellationRequested;
                return Task.CompletedTask;
            });

            await WhenAllEnded();
        });

        Assert.False(isFresh);
        Assert.Equal("Enough.", child!.CancelReason?.Message);
    }

    [Fact, Trait("Behaviour", "B44")]
    public void Cancel_ReachesNobodyWhoComesLater()
    {
        BackgroundTask? later = null;
        BackgroundTask? moved = null;
        bool isMoved = false;
        EventLoop.Run(async _ =>
        {
            TaskScope root = TaskScope.Current!;
            TaskScope scope = root.CreateChild("window");
            var release = new TaskCompletionSource();
            moved = root.Run(() => release.Task);
            StartMany(scope, StepAsync);

            scope.Cancel("Enough.");
            later = scope.Run(() => release.Task);
            isMoved = moved.MoveTo(scope) && !_tasks[^1].MoveTo(root);

            await WhenAllEnded();
            release.SetResult();
        });

        Assert.True(isMoved);
        Assert.Equal((BackgroundTaskState.Succeeded, BackgroundTaskState.Succeeded), (later!.State, moved!.State));
        Assert.Equal((null, null), (later.CancelReason, moved.CancelReason));
    }

    [Fact, Trait("Behaviour", "B93")]
    public void Close_LeavesThoseAloneWhoMayFinish()
    {
        BackgroundTaskState state = default;
        BackgroundTask? saving = null;
        EventLoop.Run(async _ =>
        {
            TaskScope scope = TaskScope.Current!.CreateChild("window");
            StartMany(scope, StepAsync);
            var release = new TaskCompletionSource();
            saving = scope.Run(() => release.Task, new TaskOptions { OnClose = ClosePolicy.Finish(Timeout.InfiniteTimeSpan) });

            Task asked = Ask(scope, "close");
            state = saving.State;
            release.SetResult();
            await asked;
        });

        Assert.Equal(BackgroundTaskState.Running, state);
        Assert.Equal(BackgroundTaskState.Succeeded, saving!.State);
    }

    private static async Task Ask(TaskScope scope, string request, Action? before = null)
    {
        void Cancel()
        {
            scope.Cancel("Enough.");
            before?.Invoke();
        }

        Task Close()
        {
            Task closed = scope.CloseAsync("Enough.");
            before?.Invoke();
            return closed;
        }

        switch (request)
        {
            case "close":
                await Close();
                break;
            case "cancel":
                Cancel();
                break;
            case "close from a thread":
                await await Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                break;
            default:
                await Task.Factory.StartNew(Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                break;
        }
    }

    private void StartMany(TaskScope scope, Func<TaskContext, Task> work)
    {
        for (int i = 0; i < Many; i++)
        {
            _tasks.Add(scope.Run(work));
        }
    }

    private async Task WhenAllEnded()
    {
        foreach (BackgroundTask task in _tasks)
        {
            await task.AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task StepAsync(TaskContext context)
    {
        _contexts.Add(context);
        CancellationToken token = context.CancellationToken;
        while (true)
        {
            await Task.Yield();

            // Before the token: another thread may ask between the two looks.
            bool isAsked = Volatile.Read(ref _isAsked);
            if (token.IsCancellationRequested)
            {
                throw new OperationCanceledException(token);
            }

            _lateSteps += isAsked ? 1 : 0;
        }
    }
}
