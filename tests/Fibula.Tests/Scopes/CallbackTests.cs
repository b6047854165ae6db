using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Scopes;

// If a callback ran under a lock of the library, another thread that calls the library meanwhile would wait for it.
public sealed class CallbackTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Callbacks =>
    [
        "Faulted", "StateChanged", "PropertyChanged", "board", "progress", "post", "OnExit", "work", "continuation",
        "token", "caller's token", "cancel of an owned task", "token at close", "TaskStarted", "Unresponsive", "PropertyChanged of a command",
        "CanExecuteChanged", "CanExecuteWhen", "equality", "text of an error", "clock", "OnAsk",
    ];

    [Theory]
    [MemberData(nameof(Callbacks))]
    [Trait("Behaviour", "B85")]
    public void Callback_CallsEverything_WhileAnotherThreadDoesTheSame(string callback)
    {
        bool otherCameBack = false;

        Exception? error = OnAUiThread(callback, api =>
        {
            Thread other = Start(() => api.CallEverything());
            api.CallEverything(insideOnExit: callback == "OnExit");
            otherCameBack = other.Join(Limit);
        });

        Assert.Null(error);
        Assert.True(otherCameBack, $"A call from another thread waits for the callback '{callback}'.");
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    [Trait("Behaviour", "B85")]
    public void CallerHoldsALock_ThatACallbackWaitsFor_NoCallWaitsForTheCallback(string callback)
    {
        var users = new object();
        using var entered = new ManualResetEventSlim();
        bool callerCameBack = false;

        Exception? error = OnAUiThread(callback, api =>
        {
            Start(() =>
            {
                lock (users)
                {
                    entered.Set();
                    api.CallEverything();
                    callerCameBack = true;
                }
            });
            entered.Wait(Limit);
            if (Monitor.TryEnter(users, Limit))
            {
                Monitor.Exit(users);
            }
        });

        Assert.Null(error);
        Assert.True(callerCameBack, $"A call under the caller's lock waits for the callback '{callback}'.");
    }

    [Fact]
    [Trait("Behaviour", "B85")]
    public void Clock_ReadByAnyCall_IsNotReadUnderALock()
    {
        var clock = new TellingClock();
        var loop = new TestLoop(clock);
        UiApp app = loop.UseFibula();
        loop.RunUntilIdle();
        var api = new FibulaApi(app);
        int reads = 0;
        int waits = 0;
        clock.Called = () =>
        {
            // What another thread reads does not count.
            if (waits == 0 && loop.CheckAccess())
            {
                reads++;
                waits += Start(() => app.Tasks.Snapshot()).Join(Limit) ? 0 : 1;
            }
        };

        api.CallEverything();
        loop.RunUntilIdle();
        clock.Called = null;
        loop.End();

        Assert.True(reads > 20, $"The clock was read {reads} times.");
        Assert.Equal(0, waits);
    }

    [Fact]
    [Trait("Behaviour", "B85")]
    public void Work_EndsWhileItsCallersTokenIsBeingCanceled_DoesNotWaitForThat()
    {
        var loop = new TestLoop();
        var scope = new TaskScope(loop, "window");
        loop.RunUntilIdle();
        using var source = new CancellationTokenSource();
        var finish = new TaskCompletionSource();
        using var inside = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        bool sawTheEnd = false;
        BackgroundTask task = scope.Run(
            async task =>
            {
                task.CancellationToken.Register(() =>
                {
                    inside.Set();
                    sawTheEnd = ended.Wait(Limit);
                });
                await finish.Task.ConfigureAwait(false);
            },
            new TaskOptions { CancellationToken = source.Token });

        var canceling = new Thread(source.Cancel);
        canceling.Start();
        Assert.True(inside.Wait(Limit));
        finish.SetResult();
        ended.Set();
        canceling.Join();

        Assert.True(task.IsCompleted);
        Assert.True(sawTheEnd, "The end of the task waited for the callback of the token.");
    }

    // The toolkit's thread: makes the callback happen, and pumps until it has come back. Returns what went wrong in it.
    private static Exception? OnAUiThread(string callback, Action<FibulaApi> body)
    {
        Exception? error = new TimeoutException($"The callback '{callback}' never came back.");
        using var cameBack = new ManualResetEventSlim();
        Thread thread = Start(() =>
        {
            TestLoop loop = callback == "clock" ? new TestLoop(new TellingClock()) : new TestLoop();
            FibulaApi? api = null;
            int calls = 0;
            void Called()
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    error = Record.Exception(() => body(api!));
                    cameBack.Set();
                }
            }

            void CalledIn(string hook)
            {
                if (callback == hook)
                {
                    Called();
                }
            }

            UiApp app = loop.UseFibula(options =>
            {
                options.OnExit = _ =>
                {
                    CalledIn("OnExit");
                    return Task.FromResult(false);
                };
                options.OnAsk = _ =>
                {
                    CalledIn("OnAsk");
                    return Task.FromResult(CloseAnswer.Cancel);
                };
            });
            loop.RunUntilIdle();
            api = new FibulaApi(app);
            api.Trigger(callback, Called);
            loop.RunUntil(() => cameBack.IsSet);
            loop.End();
        });
        return cameBack.Wait(2 * Limit) && thread.Join(Limit) ? error : new TimeoutException($"The UI thread hangs after the callback '{callback}'.");
    }

    // Without the flow of the calling code: a thread of its own, not a part of the task that runs there.
    private static Thread Start(Action body)
    {
        var thread = new Thread(() => body()) { IsBackground = true };
        thread.UnsafeStart();
        return thread;
    }
}
