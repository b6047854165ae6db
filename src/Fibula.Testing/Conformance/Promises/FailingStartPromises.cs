namespace Fibula.Testing;

/// <summary>What is left of an app whose <c>Startup</c> throws: nothing, and one error.</summary>
internal static class FailingStartPromises
{
    [Behaviour("B4")]
    public static async Task AnErrorInStartupComesOutOnceAndNobodyElseIsTold(LoopTrial trial)
    {
        var broken = new InvalidOperationException("Startup is broken.");
        trial.App.AtStartup = () => throw broken;

        Exception? thrown = await FailAsync(trial);

        Expect.Sequence(
            [broken],
            trial.Host.TakeUnhandledErrors().Concat(thrown is null ? [] : [thrown]),
            "An error in Startup has to come out of Run, or to go the toolkit's own way for an attached app, and that once.");
    }

    [Behaviour("B4")]
    public static async Task WhatAFailingStartupQueuedIsCanceledWithThatReasonAndNeverStarts(LoopTrial trial)
    {
        int begun = 0;
        List<BackgroundTask> queued = [trial.Tasks.Run(BeginAsync), trial.Tasks.RunOnThreadPool(BeginAsync)];
        trial.App.Post(() => begun++);
        trial.App.AtStartup = () =>
        {
            queued.AddRange(trial.Tasks.Run(BeginAsync), trial.Tasks.RunOnThreadPool(BeginAsync), trial.Tasks.CreateChild("window").Run(BeginAsync));
            trial.App.Post(() => begun++);
            throw new InvalidOperationException("Startup is broken.");
        };

        await FailAsync(trial);
        PoolFence.Pass();

        Expect.Equal(0, begun, "Something that a failing Startup had queued was run.");
        foreach (BackgroundTask task in queued)
        {
            Expect.Equal(BackgroundTaskState.Canceled, task.State, "What a failing Startup queued is in the wrong state.");
            Expect.Contains("Startup is broken.", task.CancelReason?.Message, "The reason of what a failing Startup queued does not tell why.");
            await Expect.ThrowsAsync<BackgroundTaskCanceledException>(task.AsTask(), "Awaiting what a failing Startup queued did not throw.");
        }

        trial.Host.TakeUnhandledErrors();

        Task BeginAsync()
        {
            Interlocked.Increment(ref begun);
            return Task.CompletedTask;
        }
    }

    [Behaviour("B4")]
    public static async Task AfterAFailingStartupNoTaskIsTakenAndTheHooksAreNotCalled(LoopTrial trial)
    {
        bool isExitAsked = false;
        trial.App.AtStartup = static () => throw new InvalidOperationException("Startup is broken.");
        trial.App.AtExit = _ =>
        {
            isExitAsked = true;
            return Task.FromResult(true);
        };

        await FailAsync(trial);

        Expect.Equal(BackgroundTaskState.Canceled, trial.Tasks.Run(static () => Task.CompletedTask).State, "An app that has failed to start took a task.");
        Expect.False(trial.Loop.Post(static () => { }), "The loop of an app that has failed to start took a post.");
        Expect.False(trial.App.Running.IsCompleted, "OnRunningAsync was called although Startup had failed.");
        Expect.False(isExitAsked, "OnExitAsync was called although Startup had failed.");
        trial.Host.TakeUnhandledErrors();
    }

    // The app leaves by itself where Run runs it; an attached one leaves with the toolkit, which the trial then asks for.
    private static async Task<Exception?> FailAsync(LoopTrial trial)
    {
        trial.Launch();
        try
        {
            await Expect.HappensAsync(trial.Ended, "Startup has failed, and the loop did not end.");
            return null;
        }
        catch (Exception error) when (error is not ConformanceException)
        {
            return error;
        }
    }
}
