namespace Fibula.Benchmarks;

/// <summary>A window of a program with a frame loop of its own, where each turn can be timed.</summary>
internal sealed class PumpedWindow : IDisposable
{
    private readonly ManualLoop _loop = new();
    private readonly UiApp _app;

    public PumpedWindow()
    {
        _app = _loop.UseFibula();
        _loop.Pump();
        Scope = _app.Tasks.CreateChild("window");
    }

    public TaskScope Scope { get; }

    public void Start(int tasks, Func<CancellationToken, Task> work)
    {
        for (int i = 0; i < tasks; i++)
        {
            Scope.Run(work);
        }

        // What the start has left behind is not to be collected in what is measured.
        GC.Collect();
    }

    /// <summary>Starts a task elsewhere in the app, as a click would.</summary>
    public void StartOneMore() => _app.Tasks.Run(static () => Task.CompletedTask);

    public void Pump() => _loop.Pump();

    /// <returns>The processor time of the longest turn.</returns>
    public long PumpUntil(Func<bool> isDone)
    {
        long longest = 0;
        while (!isDone())
        {
            longest = Math.Max(longest, CpuClock.ThreadNanosecondsOf(Pump));
        }

        return longest;
    }

    public void Dispose()
    {
        _app.Exit();
        while (_loop.Pump())
        {
            Thread.Yield();
        }

        _loop.End();
    }
}
