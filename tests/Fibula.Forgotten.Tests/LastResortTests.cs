using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>What is forgotten where no app is to be found: held all the same, and told of on standard error.</summary>
public sealed class LastResortTests : IDisposable
{
    private readonly TextWriter _error = Console.Error;
    private readonly LineWatch _lines = new();

    public LastResortTests()
    {
        Console.SetError(_lines);
    }

    public void Dispose() => Console.SetError(_error);

    [Fact, Trait("Behaviour", "B78")]
    public async Task Call_WhereNoAppRuns_ThatFails_IsToldOfOnStandardErrorWithItsPlace()
    {
        _ = Shapes.ThrowAsync();
        int line = LineAbove();

        string told = await _lines.FirstWithAsync(nameof(Shapes.ThrowAsync));

        Assert.Contains($"{nameof(LastResortTests)}.cs:{line}", told);
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task AsyncVoid_WhereNoAppRuns_ThatFails_EndsNothing()
    {
        Fail();

        Assert.Contains($"{nameof(LastResortTests)}.{nameof(Fail)}", await _lines.FirstWithAsync(nameof(Fail)));

        static async void Fail()
        {
            await Task.Yield();
            throw new TestException();
        }
    }

    [Fact, Trait("Behaviour", "B13")]
    public void Call_WhereNoAppRuns_IsHeldThroughFullCollections()
    {
        WeakReference hazard = DropAWaitNobodyHolds();

        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(hazard.IsAlive);
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task Call_WhereTwoAppsRun_OnNeithersThread_BelongsToNeither()
    {
        using var one = new Ui();
        using var other = new Ui();

        // A thread of its own: the pool might take the one that made the apps.
        await Task.Factory.StartNew(() => { _ = Shapes.ThrowAsync(); }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Contains(nameof(Shapes.ThrowAsync), await _lines.FirstWithAsync(nameof(Shapes.ThrowAsync)));
        Assert.Empty(one.Faults);
        Assert.Empty(other.Faults);
    }

    private static int LineAbove([CallerLineNumber] int line = 0) => line - 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference DropAWaitNobodyHolds()
    {
        var hazard = new TaskCompletionSource();
        _ = WaitAsync(hazard);
        return new WeakReference(hazard);
    }

    private static async Task WaitAsync(TaskCompletionSource hazard)
    {
        await hazard.Task;
        GC.KeepAlive(hazard);
    }
}
