using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>Names tell tasks apart that are started in the same way.</summary>
public sealed class NameTests : IDisposable
{
    private readonly Ui _ui = new();
    private readonly TaskCompletionSource _goOn = new();

    public void Dispose()
    {
        _goOn.SetResult();
        _ui.Dispose();
    }

    [Fact, Trait("Behaviour", "B78")]
    public void TaskRun_OfAMethod_IsNamedAfterIt()
    {
        _ui.Handle(() => Task.Run(WaitAsync));

        Assert.Equal([nameof(WaitAsync)], _ui.Live);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void TaskRun_OfALambda_IsNamedAfterItsMemberAndLine()
    {
        int line = 0;

        _ui.Handle(() => { Task.Run(async () => await _goOn.Task); line = Line(); });

        Assert.Equal([$"{nameof(NameTests)}.{nameof(TaskRun_OfALambda_IsNamedAfterItsMemberAndLine)}:{line}"], _ui.Live);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void TaskRun_InAnotherClassOfThisFile_IsNamedAfterThatClass()
    {
        int line = 0;

        _ui.Handle(() => line = Ledger.Print(_goOn.Task));

        Assert.Equal([$"{nameof(Ledger)}.{nameof(Ledger.Print)}:{line}"], _ui.Live);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void TaskRun_InAWrapper_IsNamedAfterWhatItWasGiven()
    {
        _ui.Handle(() => Start(WaitAsync));
        _ui.Handle(() => Start(async () => await _goOn.Task));

        Assert.Equal([nameof(WaitAsync), $"{nameof(NameTests)}.{nameof(TaskRun_InAWrapper_IsNamedAfterWhatItWasGiven)}"], _ui.Live);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Run_InAWrapper_IsNamedAfterWhatItWasGiven()
    {
        _ui.Handle(() => StartOwned(WaitAsync));
        _ui.Handle(() => StartOwned(async () => await _goOn.Task));
        _ui.Handle(() => StartOwned(WaitHereAsync));

        Assert.Equal([nameof(WaitAsync), $"{nameof(NameTests)}.{nameof(Run_InAWrapper_IsNamedAfterWhatItWasGiven)}", nameof(WaitHereAsync)], _ui.Live);

        async Task WaitHereAsync() => await _goOn.Task;
    }

    [Fact, Trait("Behaviour", "B78")]
    public void AsTask_OfACall_IsNamedAfterThat()
    {
        _ui.Handle(() => WaitValueAsync().AsTask().ContinueWith(task => _ = task.Exception));

        Assert.Equal([nameof(WaitValueAsync)], _ui.Live);
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static void Start(Func<Task> work) => Task.Run(work);

    private void StartOwned(Func<Task> work) => _ui.Root.Run(work);

    private async Task WaitAsync() => await _goOn.Task;

    private async ValueTask WaitValueAsync() => await _goOn.Task;

    private static class Ledger
    {
        public static int Print(Task goOn) { Task.Run(() => goOn); return Line(); }
    }
}
