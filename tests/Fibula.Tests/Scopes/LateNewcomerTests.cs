using Fibula.Testing;

namespace Fibula.Tests.Scopes;

/// <summary>Tasks that clean-up starts while the close of its scope gives up. They come at chosen looks of the close at the clock.</summary>
public sealed class LateNewcomerTests
{
    [Fact, Trait("Behaviour", "B18")]
    public void Run_AtAnyMomentOfACloseThatGivesUp_IsToldOrRefused()
    {
        int moments = StartAt(static _ => false).Moments;

        int[] untold = [.. Enumerable.Range(0, moments).Where(chosen => StartAt(moment => moment == chosen).Newcomers.Exists(static task => task.CancelReason is null))];

        Assert.InRange(moments, 5, 1000);
        Assert.Empty(untold);
    }

    [Fact, Trait("Behaviour", "B18")]
    public void Run_AtEachMomentOfAClose_DoesNotHoldItUp()
    {
        (List<BackgroundTask> newcomers, _) = StartAt(static _ => true);

        Assert.All(newcomers, static task => Assert.NotNull(task.CancelReason));
    }

    private static (List<BackgroundTask> Newcomers, int Moments) StartAt(Func<int, bool> isChosen)
    {
        using var begun = new ManualResetEventSlim();
        using var asked = new SemaphoreSlim(0);
        using var answered = new SemaphoreSlim(0);
        var clock = new LookedAtClock();
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "window") { CloseGrace = TimeSpan.Zero };
        var newcomers = new List<BackgroundTask>();
        bool isOver = false;
        int moments = 0;
        loop.RunUntilIdle();
        BackgroundTask cleanUp = scope.RunOnThreadPool(() =>
        {
            begun.Set();
            for (asked.Wait(); !isOver; asked.Wait())
            {
                newcomers.Add(scope.Run(static () => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromHours(1)) }));
                answered.Release();
            }
        });
        loop.RunUntil(() => begun.IsSet);
        clock.OnLook = () =>
        {
            if (isChosen(moments++))
            {
                asked.Release();
                answered.Wait();
            }
        };

        loop.RunUntilEnded(scope.CloseAsync(within: TimeSpan.Zero));
        clock.OnLook = null;
        isOver = true;
        asked.Release();
        loop.RunUntilEnded(cleanUp);
        return (newcomers, moments);
    }

    private sealed class LookedAtClock : TimeProvider
    {
        private readonly Thread _uiThread = Thread.CurrentThread;

        /// <summary>Called at each look of the UI thread.</summary>
        public Action? OnLook { get; set; }

        public override long GetTimestamp()
        {
            if (Thread.CurrentThread == _uiThread)
            {
                OnLook?.Invoke();
            }

            return System.GetTimestamp();
        }
    }
}
