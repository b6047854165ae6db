using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>What was forgotten is held, told about once, and not told about where somebody has it.</summary>
public sealed class HoldingTests : IDisposable
{
    private readonly Ui _ui = new();

    public void Dispose() => _ui.Dispose();

    [Fact, Trait("Behaviour", "B13")]
    public void Call_ThatNothingElseRefersTo_IsHeldThroughFullCollections()
    {
        WeakReference hazard = DropAWaitNobodyHolds();

        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(hazard.IsAlive);
        Assert.Equal([nameof(WaitAsync)], _ui.Live);
    }

    [Fact, Trait("Behaviour", "B46")]
    public void Call_ThatIsAwaited_IsNoFault()
    {
        bool isCaught = false;

        _ui.Handle(async () =>
        {
            try
            {
                await Shapes.ThrowAsync();
            }
            catch (TestException)
            {
                isCaught = true;
            }
        });

        Assert.True(isCaught);
        Assert.Empty(_ui.Faults);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Call_ThatHasSucceededAtOnce_IsNeverListed()
    {
        int started = 0;
        _ui.Root.TaskStarted += _ => started++;

        _ui.Handle(() => _ = Task.FromResult(1));

        Assert.Equal(0, started);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Call_ThatWasCanceledByItself_IsListedUntilThenAndNoFault()
    {
        using var source = new CancellationTokenSource();
        _ui.Handle(() => _ = Task.Delay(Timeout.Infinite, source.Token));
        string[] whileItWaits = [.. _ui.Live];

        source.Cancel();
        _ui.Loop.RunUntilIdle();

        Assert.Equal([nameof(Task.Delay)], whileItWaits);
        Assert.Empty(_ui.Live);
        Assert.Empty(_ui.Faults);
    }

    [Fact]
    public void Call_InAnExpressionTree_IsLeftAsItIs()
    {
        Expression<Action<IService>> call = service => service.FailAsync();

        Assert.Equal(nameof(IService.FailAsync), Assert.IsType<MethodCallExpression>(call.Body, exactMatch: false).Method.Name);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference DropAWaitNobodyHolds()
    {
        var hazard = new TaskCompletionSource();
        _ui.Handle(() => _ = WaitAsync(hazard));
        return new WeakReference(hazard);
    }

    private static async Task WaitAsync(TaskCompletionSource hazard)
    {
        await hazard.Task;
        GC.KeepAlive(hazard);
    }
}
