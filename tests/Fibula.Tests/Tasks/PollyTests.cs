using Fibula.Testing;
using Fibula.Tests.Loops;
using Polly;
using Polly.Retry;

namespace Fibula.Tests.Tasks;

public sealed class PollyTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private int _attempts;

    public PollyTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B67")]
    public void AnAttempt_ShowsInTheProgress()
    {
        var seen = new List<string?>();
        _window.TaskStarted += task => task.PropertyChanged += (_, _) => seen.Add(task.Progress.Message);
        BackgroundTask<string> task = Load(succeedsAt: 3);
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal("42 €", task.AsTask().Result);
        Assert.Equal(["Attempt 1", "Attempt 2", "Attempt 3"], seen.Distinct());
    }

    [Fact]
    [Trait("Behaviour", "B67")]
    public void Cancel_WhileItWaitsForTheNextAttempt_EndsItAtOnce()
    {
        BackgroundTask<string> task = Load(succeedsAt: int.MaxValue);
        _loop.RunUntil(() => _attempts == 1);

        task.Cancel("Enough.");
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("Enough.", task.CancelReason!.Message);
        Assert.Equal((1, TimeSpan.Zero), (_attempts, task.Elapsed));
    }

    [Fact]
    [Trait("Behaviour", "B67")]
    public void AllAttemptsFail_KeepsTheLastFailure()
    {
        TaskFault? told = null;
        _window.Faulted += fault =>
        {
            fault.Handled = true;
            told = fault;
        };
        Load(succeedsAt: int.MaxValue);
        _loop.RunUntil(() => told is not null);

        Assert.Equal("No answer to attempt 4.", told!.Exception.Message);
        Assert.Equal(4, _attempts);
    }

    private BackgroundTask<string> Load(int succeedsAt)
    {
        ResiliencePipeline retry = NewRetry(_loop);
        return _window.Run(task => LoadAsync(retry, succeedsAt, task));
    }

    // docs: polly
    // The pipeline waits on the loop's clock, so that a test needs no real time.
    private static ResiliencePipeline NewRetry(UiLoop loop) =>
        new ResiliencePipelineBuilder { TimeProvider = loop.TimeProvider }
            .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromSeconds(2) })
            .Build();

    private async Task<string> LoadAsync(ResiliencePipeline retry, int succeedsAt, TaskContext task) =>
        await retry.ExecuteAsync(
            async token =>
            {
                task.Report($"Attempt {++_attempts}");
                return await DownloadAsync(succeedsAt, token);
            },
            task.CancellationToken);
    // docs: end

    private async Task<string> DownloadAsync(int succeedsAt, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return _attempts >= succeedsAt ? "42 €" : throw new HttpRequestException($"No answer to attempt {_attempts}.");
    }
}
