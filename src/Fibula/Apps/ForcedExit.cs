using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>
/// An exit by a signal: its code, and the real time it may take. Half for the hook, the rest for the tasks. What the program
/// does after its loop gets the same time once more, since a toolkit whose terminal is gone may wait for it without end.
/// </summary>
internal sealed class ForcedExit(PosixSignal signal, TimeSpan limit, Action<ForcedExit> onOverdue)
{
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private ITimer? _hookLimit;
    private ITimer? _limit;

    /// <summary>128 plus the number of the signal, as shells have it.</summary>
    public int ExitCode { get; } = signal switch
    {
        PosixSignal.SIGINT => 130,
        PosixSignal.SIGTERM => 143,
        _ => 129,
    };

    public ExitCause Cause { get; } = signal switch
    {
        PosixSignal.SIGINT => ExitCause.Interrupt,
        PosixSignal.SIGTERM => ExitCause.Terminate,
        _ => ExitCause.SessionEnding,
    };

    public string Name { get; } = signal.ToString();

    public void Begin(Action onHookOverdue)
    {
        _hookLimit = TimeProvider.System.CreateTimer(_ => onHookOverdue(), null, limit / 2, Timeout.InfiniteTimeSpan);
        _limit = TimeProvider.System.CreateTimer(_ => onOverdue(this), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is left for the tasks, with a fifth of the limit kept for the way out.</summary>
    public TimeSpan TimeForTasks()
    {
        TimeSpan left = (limit * 0.8) - TimeProvider.System.GetElapsedTime(_startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The loop has ended in time; what remains is the end of the process.</summary>
    public void LoopEnded(Action<ForcedExit> onOverdueProcess)
    {
        _hookLimit?.Dispose();
        _limit?.Dispose();
        _limit = TimeProvider.System.CreateTimer(_ => onOverdueProcess(this), null, limit, Timeout.InfiniteTimeSpan);
    }
}
