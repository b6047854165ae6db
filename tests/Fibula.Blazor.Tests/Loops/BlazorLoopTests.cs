using Fibula.Blazor.Tests.Components;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Blazor.Tests.Loops;

public sealed class BlazorLoopTests
{
    [Fact, Trait("Behaviour", "B57")]
    public async Task WorkThatOutlivesTheCircuit_IsNamedInItsReport_AndGoesOnWithItsTokenSignaled()
    {
        await using var circuit = await Circuit.OpenAsync();
        var goOn = new TaskCompletionSource();
        bool? wasTold = null;
        circuit.App.Tasks.CloseGrace = TimeSpan.Zero;
        BackgroundTask deaf = await circuit.InvokeAsync(() => circuit.App.Tasks.Run(
            async task =>
            {
                await goOn.Task;
                wasTold = task.CancellationToken.IsCancellationRequested;
            },
            new TaskOptions { Name = "deaf" }));

        await Circuit.Within(circuit.Loop.CloseAsync());
        Assert.Equal(["deaf"], circuit.App.CloseReport!.Survivors.Select(entry => entry.Name));

        goOn.SetResult();
        await Circuit.Within(deaf.AsTask());
        Assert.True(wasTold);
    }

    [Fact, Trait("Behaviour", "B11")]
    public async Task CloseAsync_WithAHookThatNeverAnswers_WaitsForItOnlyToItsLimit()
    {
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var circuit = await Circuit.OpenAsync(
            options => options.OnExit = _ =>
            {
                asked.SetResult();
                return new TaskCompletionSource<bool>().Task;
            },
            clock);
        circuit.App.Tasks.CloseGrace = TimeSpan.Zero;
        await circuit.SettleAsync();

        Task closed = circuit.Loop.CloseAsync();
        await Circuit.Within(asked.Task);
        Assert.False(closed.IsCompleted);

        clock.Advance(circuit.App.ForcedExitLimit);
        await Circuit.Within(closed);
        Assert.True(circuit.Loop.HasEnded);
    }

    [Theory, Trait("Behaviour", "B11")]
    [InlineData(0)]
    [InlineData(60)]
    public async Task CloseAsync_WithAHookThatNeverAnswers_GivesItAnyLimit(int days)
    {
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var circuit = await Circuit.OpenAsync(
            options =>
            {
                options.ForcedExitLimit = TimeSpan.FromDays(days);
                options.OnExit = _ =>
                {
                    asked.SetResult();
                    return new TaskCompletionSource<bool>().Task;
                };
            },
            clock);
        circuit.App.Tasks.CloseGrace = TimeSpan.Zero;
        await circuit.SettleAsync();

        Task closed = circuit.Loop.CloseAsync();
        bool wasAsked = days == 0 || await Circuit.Within(asked.Task.ContinueWith(static _ => true, TaskScheduler.Default));
        bool isClosedEarly = false;
        for (int day = 0; day < days; day++)
        {
            isClosedEarly |= circuit.Loop.HasEnded;
            clock.Advance(TimeSpan.FromDays(1));
        }

        await Circuit.Within(closed);

        Assert.True(wasAsked);
        Assert.False(isClosedEarly);
        Assert.True(circuit.Loop.HasEnded);
    }

    [Fact, Trait("Behaviour", "B11")]
    public async Task CloseAsync_WithoutALimit_WaitsForTheHook()
    {
        var clock = new FakeTimeProvider();
        var answer = new TaskCompletionSource<bool>();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var circuit = await Circuit.OpenAsync(
            options =>
            {
                options.ForcedExitLimit = Timeout.InfiniteTimeSpan;
                options.OnExit = _ =>
                {
                    asked.SetResult();
                    return answer.Task;
                };
            },
            clock);
        await circuit.SettleAsync();
        BackgroundTask task = circuit.App.Tasks.Run(task => task.Delay(Timeout.InfiniteTimeSpan));

        Task closed = circuit.Loop.CloseAsync();
        await Circuit.Within(asked.Task);
        clock.Advance(TimeSpan.FromDays(1000));
        (bool isClosed, CancelReason? told) = (closed.IsCompleted, task.CancelReason);
        answer.SetResult(true);
        await Circuit.Within(closed);

        Assert.False(isClosed);
        Assert.Null(told);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact, Trait("Behaviour", "B16")]
    public async Task AnAppThatHasLeftByItself_LeavesAPageThatTakesNoTask()
    {
        await using var circuit = await Circuit.OpenAsync();
        BackgroundTask task = circuit.App.Tasks.Run(task => task.Delay(Timeout.InfiniteTimeSpan));

        Assert.Equal(ExitDecision.Leaving, await Circuit.Within(circuit.App.RequestExitAsync()));
        await Circuit.Within(circuit.Loop.Ended);
        var late = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, _ => Task.CompletedTask)).Instance;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(BackgroundTaskState.Canceled, late.Started!.State);
    }

    [Fact]
    public async Task Constructor_OutsideARenderer_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => new BlazorLoop()));

        Assert.Equal("The code that makes a BlazorLoop is in no renderer. Make it inside InvokeAsync of the renderer's dispatcher.", error.Message);
    }
}
