using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests.Traces;

/// <summary>Each pair of transitions at the same moment on two threads: what a user sees keeps its order.</summary>
public sealed class TraceTests : IDisposable
{
    private const int Rounds = 200;

    private readonly TestLoop _loop = new();
    private readonly TaskScope _root;
    private readonly Duel _duel = new();
    private readonly Random _random = new(11);

    public TraceTests()
    {
        _root = new TaskScope(_loop, "app") { CloseGrace = Timeout.InfiniteTimeSpan, UnresponsiveAfter = Timeout.InfiniteTimeSpan };
        _loop.RunUntilIdle();
    }

    public void Dispose() => _duel.Dispose();

    [Fact]
    public void CancelAndCancel_OneReasonStays() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        int told = 0;
        TracedTask task = round.TraceOf(round.View.Run(context =>
        {
            context.CancellationToken.UnsafeRegister(_ => told++, null);
            return body.Task;
        }));

        round.Meet(() => Cancel(task, "one"), () => Cancel(task, "other"));
        body.SetResult();

        Assert.Equal((1, BackgroundTaskState.Succeeded), (told, task.Task.State));
    });

    [Fact]
    public void CancelAndEnd_TheEndIsSeenOnce() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        task.AwaitAnywhere();

        round.Meet(() => Cancel(task, "stop"), body.SetCanceled);

        // A cancellation that nobody has requested is an error.
        Assert.True(task.Task.CancelReason is not null || task.Task.State == BackgroundTaskState.Faulted, $"Round {round.Number}: {task.Task}");
    });

    [Fact]
    public void CancelAndFail_TheErrorWins() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);

        round.Meet(() => Cancel(task, "stop"), () => body.SetException(new InvalidOperationException()));
        round.RunUntil(() => task.Faults == 1);

        Assert.Equal(BackgroundTaskState.Faulted, task.Task.State);
    });

    [Fact]
    public void CancelOfAScopeAndMove_EitherOrNeither() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        bool hasMoved = false;

        round.Meet(() => round.View.Cancel("stop"), () => hasMoved = task.Task.MoveTo(round.Other));
        bool isCanceled = task.Task.CancelReason is not null;
        body.SetResult();

        Assert.True(hasMoved != isCanceled, $"Round {round.Number}: moved {hasMoved}, canceled {isCanceled}.");
        Assert.Same(hasMoved ? round.Other : round.View, task.Task.Scope);
    });

    [Fact]
    public void CancelAndMove_AMovedTaskIsCanceledToo() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        (TracedTask parent, TracedTask[] children) = round.StartFamily(body.Task, body.Task);
        bool hasMoved = false;

        round.Meet(() => Cancel(parent, "stop"), () => hasMoved = parent.Task.MoveTo(round.Other));
        (TaskScope scope, TaskScope childsScope) = (parent.Task.Scope, children[0].Task.Scope);
        body.SetResult();

        Assert.Same(hasMoved ? round.Other : round.View, scope);
        Assert.Same(scope, childsScope);
        Assert.Equal("stop", children[0].Task.CancelReason?.Message);
    });

    [Fact]
    public void CloseAndMove_EitherOr() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        bool hasMoved = false;

        round.Meet(() => round.View.CloseAsync("closed"), () => hasMoved = task.Task.MoveTo(round.Other));
        round.RunUntil(() => hasMoved || task.Task.CancelReason is not null);
        bool isCanceled = task.Task.CancelReason is not null;
        body.SetResult();

        Assert.True(hasMoved != isCanceled, $"Round {round.Number}: moved {hasMoved}, canceled {isCanceled}.");
    });

    [Fact]
    public void MoveAndCloseOfTheTarget_TheTaskIsInOneOfThem() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        bool hasMoved = false;

        round.Meet(() => round.Other.CloseAsync("closed"), () => hasMoved = task.Task.MoveTo(round.Other));
        round.RunUntil(() => !hasMoved || task.Task.CancelReason is not null);
        body.SetResult();

        Assert.Same(hasMoved ? round.Other : round.View, task.Task.Scope);
        Assert.Equal(hasMoved ? "closed" : null, task.Task.CancelReason?.Message);
    });

    [Fact]
    public void CloseAndStart_ANewcomerIsCountedOrRefused() => Play(static round =>
    {
        BackgroundTask? task = null;
        int runs = 0;

        round.Meet(
            () => round.View.CloseAsync("closed"),
            () => task = round.View.RunOnThreadPool(() => Interlocked.Increment(ref runs)));
        round.RunUntil(() => task!.IsCompleted);

        Assert.True((runs, task!.State) is (1, BackgroundTaskState.Succeeded) or (0, BackgroundTaskState.Canceled), $"Round {round.Number}: {runs} runs, {task}");
    });

    [Fact]
    public void CloseAndEnd_TheReportIsWrittenAfterTheEnd() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        Task<CloseReport>? close = null;

        round.Meet(() => close = round.View.CloseAsync("closed"), body.SetResult);
        round.RunUntil(() => close!.IsCompleted);

        Assert.Equal((1, 1, 0), (close!.Result.StartedCount, close.Result.SucceededCount, close.Result.LivingCount));
        Assert.True(task.Task.IsCompleted);
    });

    [Fact]
    public void CloseAndClose_OneReport() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        round.Start(body.Task);
        Task<CloseReport>? one = null;
        Task<CloseReport>? other = null;

        round.Meet(() => one = round.View.CloseAsync("one"), () => other = round.View.CloseAsync("other"));
        body.SetResult();
        round.RunUntil(() => one!.IsCompleted && other!.IsCompleted);

        Assert.Same(one!.Result, other!.Result);
    });

    [Fact]
    public void EndOfAChildAndOfTheParentsBody_TheParentEndsAfterItsChild() => Play(static round =>
    {
        var parentBody = new TaskCompletionSource();
        var childBody = new TaskCompletionSource();
        (TracedTask parent, TracedTask[] children) = round.StartFamily(parentBody.Task, childBody.Task);
        parent.AwaitAnywhere(() => round.Note(children[0].Task.IsCompleted, "The parent ended before its child."));
        children[0].AwaitAnywhere();

        round.Meet(parentBody.SetResult, childBody.SetResult);
    });

    [Fact]
    public void EndsOfTwoChildren_TheParentsAwaiterComesBeforeThatOfTheLast() => Play(static round =>
    {
        TaskCompletionSource[] bodies = [new(), new()];
        (TracedTask parent, TracedTask[] children) = round.StartFamily(Task.CompletedTask, bodies[0].Task, bodies[1].Task);
        Array.ForEach([parent, .. children], static task => task.AwaitAnywhere());

        round.Meet(bodies[0].SetResult, bodies[1].SetResult);
        round.RunUntil(() => parent.IsDone && Array.TrueForAll(children, static child => child.IsDone));

        Assert.True(parent.ResumedAt < children.Max(static child => child.ResumedAt), $"Round {round.Number}: the parent's awaiter came last.");
    });

    [Fact]
    public void StartOfAChildAndEndOfTheParentsBody_TheParentWaitsOrRefuses() => Play(static round =>
    {
        var parentBody = new TaskCompletionSource();
        var childBody = new TaskCompletionSource();
        TaskContext? context = null;
        BackgroundTask? child = null;
        TracedTask parent = round.TraceOf(round.View.Run(task =>
        {
            context = task;
            return parentBody.Task;
        }));

        round.Meet(parentBody.SetResult, () => child = context!.RunOnThreadPool(() => childBody.Task));
        bool isRefused = child!.State == BackgroundTaskState.Canceled;
        bool hasWaited = !parent.Task.IsCompleted;
        childBody.SetResult();

        Assert.True(isRefused != hasWaited, $"Round {round.Number}: the child is {child}, the parent {parent.Task}.");
    });

    [Fact]
    public void FailAndAwait_TheErrorIsSeen() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);
        Exception? error = null;

        round.Meet(() => body.SetException(new InvalidOperationException()), () => task.AwaitAnywhere(() => error = task.Task.AsTask().Exception!.InnerException));
        round.RunUntil(() => task.IsDone);

        Assert.IsType<InvalidOperationException>(error);
    });

    [Fact]
    public void FailAndClose_NobodyAwaits_OneReport() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TracedTask task = round.Start(body.Task);

        round.Meet(() => body.SetException(new InvalidOperationException()), () => round.View.CloseAsync("closed"));
        round.RunUntil(() => task.Faults == 1);
    });

    [Fact]
    public void TokenReadAndCancel_ACallbackRunsOnce() => Play(static round =>
    {
        var body = new TaskCompletionSource();
        TaskContext? context = null;
        int told = 0;
        TracedTask task = round.TraceOf(round.View.Run(task =>
        {
            context = task;
            return body.Task;
        }));

        round.Meet(() => Cancel(task, "stop"), () => context!.CancellationToken.UnsafeRegister(_ => Interlocked.Increment(ref told), null));
        bool isSignaled = context!.CancellationToken.IsCancellationRequested;
        body.SetResult();

        Assert.Equal((round.Number, 1, true), (round.Number, told, isSignaled));
    });

    [Fact]
    public void BeginAndCancel_WhatIsCanceledBeforeItsFirstStepNeverRuns() => Play(static round =>
    {
        BackgroundTask? task = null;
        int runs = 0;
        Task.Run(() => task = round.View.Run(() =>
        {
            runs++;
            return Task.CompletedTask;
        })).Wait(Races.Limit);
        TracedTask traced = round.TraceOf(task!);

        round.Meet(() => Cancel(traced, "stop"), static () => { });
        round.RunUntil(() => traced.IsDone);

        Assert.True((runs, task!.State) is (1, BackgroundTaskState.Succeeded) or (0, BackgroundTaskState.Canceled), $"Round {round.Number}: {runs} runs, {task}");
    });

    [Fact]
    public void ReleaseAndEndOfASurvivor_ItsFaultIsReportedOnce() => Play(round =>
    {
        var body = new TaskCompletionSource();
        int faults = 0;
        void Count(TaskFault fault) => faults += fault.Handled ? 0 : 1;
        TracedTask task = round.Start(body.Task);
        Task<CloseReport> close = round.View.CloseAsync("closed", within: TimeSpan.Zero);
        round.RunUntil(() => close.IsCompleted);
        _root.Faulted += Count;

        round.Meet(_root.ReleaseSurvivors, () => body.SetException(new InvalidOperationException()));
        round.RunUntil(() => task.IsDone && faults > 0);
        _root.Faulted -= Count;

        Assert.Equal((1, 1), (faults, close.Result.LivingCount));
        Assert.Empty(_root.Snapshot().Tasks);
    });

    private static void Cancel(TracedTask task, string reason)
    {
        task.Task.Cancel(reason);
        task.NoteReason();
    }

    private void Play(Action<Round> play)
    {
        for (int number = 0; number < Rounds; number++)
        {
            var round = new Round(_loop, _root, _duel, _random, number);
            play(round);
            round.AssertKeepsTheRules();
        }
    }
}
