namespace Fibula.Forgotten.Tests;

/// <summary>What <c>ContinueWith</c> is used for: to look at how a task has ended, and to go on with it.</summary>
public sealed class ContinuationTests : IDisposable
{
    private const TaskContinuationOptions AtOnce = TaskContinuationOptions.ExecuteSynchronously;

    private readonly Ui _ui = new();
    private readonly TaskCompletionSource<int> _goOn = new();
    private readonly List<int> _shown = [];

    public void Dispose()
    {
        _goOn.TrySetResult(1);
        _ui.Dispose();
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Continuation_ThatOnlyObserves_IsNoWork()
    {
        using var registration = new CancellationTokenSource();

        _ui.Handle(() =>
        {
            _goOn.Task.ContinueWith(task => _ = task.Exception, TaskContinuationOptions.OnlyOnFaulted);
            _ = _goOn.Task.ContinueWith(task => task.Exception?.Handle(_ => true));
            _goOn.Task.ContinueWith(_ => registration.Dispose());
            _goOn.Task.ContinueWith(_ => { });
        });

        Assert.Empty(_ui.Live);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Call_ThatAContinuationObserves_IsWork()
    {
        _ui.Handle(() => _ = WaitAsync().ContinueWith(task => _ = task.Exception, AtOnce));
        string[] whileItWaits = [.. _ui.Live];
        _goOn.SetResult(1);
        _ui.Loop.RunUntilIdle();

        Assert.Equal([nameof(WaitAsync)], whileItWaits);
        Assert.Empty(_ui.Live);
    }

    [Fact, Trait("Behaviour", "B46")]
    public void Fault_ThatAContinuationHandles_IsNotReported()
    {
        _ui.Handle(() =>
        {
            Shapes.ThrowAsync().ContinueWith(task => _ = task.Exception);
            Shapes.ThrowAsync().ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted);
        });

        Assert.Empty(_ui.Faults);
    }

    [Fact, Trait("Behaviour", "B45")]
    public void Fault_ThatNoContinuationLooksAt_IsReported()
    {
        using var registration = new CancellationTokenSource();

        _ui.Handle(() =>
        {
            Shapes.ThrowAsync().ContinueWith(_ => registration.Dispose(), AtOnce);
            Shapes.ThrowAsync().ContinueWith(task => _ = task.Exception, TaskContinuationOptions.OnlyOnCanceled);
            Shapes.ThrowAsync().ContinueWith(task => _ = task.Exception, TaskContinuationOptions.NotOnFaulted);
        });

        Assert.Equal([nameof(Shapes.ThrowAsync), nameof(Shapes.ThrowAsync), nameof(Shapes.ThrowAsync)], _ui.Faults.Select(fault => fault.Name));
    }

    [Fact, Trait("Behaviour", "B22"), Trait("Behaviour", "B45")]
    public void Continuation_ThatGoesOnWithTheResult_IsWorkToo()
    {
        _ui.Handle(() => WaitAsync().ContinueWith(task => Show(task.Result), AtOnce));
        string[] whileItWaits = [.. _ui.Live];
        _goOn.SetException(new TestException());
        _ui.Loop.RunUntilIdle();

        Assert.Equal(2, whileItWaits.Length);
        Assert.Contains(nameof(WaitAsync), whileItWaits);
        Assert.StartsWith($"{nameof(ContinuationTests)}.{nameof(Continuation_ThatGoesOnWithTheResult_IsWorkToo)}:", Assert.Single(_ui.Faults).Name);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Chain_IsWorkWhereItDoesSome()
    {
        _ui.Handle(() => WaitAsync().ContinueWith(task => Show(task.Result), AtOnce).ContinueWith(task => _ = task.Exception, AtOnce));
        int whileItWaits = _ui.Live.Count();
        _goOn.SetException(new TestException());
        _ui.Loop.RunUntilIdle();

        Assert.Equal(2, whileItWaits);
        Assert.Empty(_ui.Faults);
    }

    private async Task<int> WaitAsync() => await _goOn.Task;

    private void Show(int value) => _shown.Add(value);
}
