using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>The loop that an episode plays on, and how it is made to turn. All on the thread that makes it.</summary>
internal sealed class Stage
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim _woken = new(0);

    public Stage(int kind, int seed)
    {
        Loop = kind switch
        {
            < 5 => new TestLoop(),
            5 => new TestLoop(new FuzzClock(seed)),
            6 => new ManualLoop(() => _woken.Release()),
            _ => new FuzzLoop(kind == 7 ? null : new FuzzClock(seed)),
        };
    }

    public UiLoop Loop { get; }

    /// <summary>Runs what is there, and lets some virtual time pass.</summary>
    public void RunSome(Random random)
    {
        if (Loop is not TestLoop loop)
        {
            Turn();
            return;
        }

        loop.RunUntilIdle();
        if (loop.TimeProvider != TimeProvider.System && loop.TimeProvider is not FuzzClock && random.Next(4) == 0)
        {
            loop.Advance(TimeSpan.FromMilliseconds(random.Next(3000)));
        }
    }

    /// <returns>False where the condition does not come true.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        long began = TimeProvider.System.GetTimestamp();
        bool IsOver() => TimeProvider.System.GetElapsedTime(began) > limit;
        while (!condition() && !IsOver())
        {
            if (Loop is not TestLoop loop)
            {
                Turn();
                continue;
            }

            try
            {
                loop.Patience = limit;
                loop.RunUntil(() => condition() || IsOver());
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        return condition();
    }

    public static void End(UiLoop loop)
    {
        switch (loop)
        {
            case TestLoop test:
                test.End();
                break;
            case ManualLoop manual:
                manual.End();
                break;
            case ServerLoop server:
                server.End();
                break;
            case SynchronizationContextLoop context:
                context.End();
                break;
            case FuzzLoop fuzz:
                fuzz.End();
                break;
        }
    }

    private void Turn()
    {
        if (Loop is ManualLoop manual)
        {
            _woken.Wait(Moment);
            PumpOnce(manual);
        }
        else
        {
            ((FuzzLoop)Loop).Pump(Moment);
        }
    }

    private static void PumpOnce(ManualLoop loop)
    {
        try
        {
            loop.Pump();
        }
        catch (InvalidOperationException)
        {
            // Another thread of the episode was the first to pump.
        }
    }
}
