using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>
/// An exit by a signal: its code, and the real time it may take. Half of it is for the hook, and for the tasks what is left of four fifths. What a toolkit that has the
/// terminal does after its loop gets the same time once more, since it may wait without end for a terminal that is gone.
/// </summary>
internal sealed class ForcedExit(PosixSignal signal, TimeSpan limit, Action<ForcedExit> onOverdue)
{
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private Countdown? _hookLimit;
    private Countdown? _limit;

    /// <summary>128 plus the number of the signal, as shells have it.</summary>
    public int ExitCode { get; } = CodeOf(signal);

    public ExitCause Cause { get; } = signal switch
    {
        PosixSignal.SIGINT => ExitCause.Interrupt,
        PosixSignal.SIGTERM => ExitCause.Terminate,
        _ => ExitCause.SessionEnding,
    };

    public string Name { get; } = signal.ToString();

    /// <summary>The limit in words.</summary>
    public string LimitText => FormattableString.Invariant($"{limit.TotalSeconds:0.0} s");

    public static int CodeOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 130,
        PosixSignal.SIGQUIT => 131,
        PosixSignal.SIGTERM => 143,
        _ => 129,
    };

    public void Begin(Action onHookOverdue)
    {
        _hookLimit = new Countdown(Durations.Half(limit), onHookOverdue);
        _limit = new Countdown(limit, () => onOverdue(this));
    }

    /// <summary>What is left for the tasks, with a fifth of the limit kept for the way out; null for no limit.</summary>
    public TimeSpan? TimeForTasks()
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        TimeSpan left = (limit * 0.8) - TimeProvider.System.GetElapsedTime(_startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The loop has ended in time; what remains is the end of the process.</summary>
    /// <param name="onOverdueProcess">Called when that takes as long as the limit; null where nothing but the program itself can delay it.</param>
    public void LoopEnded(Action<ForcedExit>? onOverdueProcess)
    {
        _hookLimit?.Dispose();
        _limit?.Dispose();
        _limit = onOverdueProcess is null ? null : new Countdown(limit, () => onOverdueProcess(this));
    }
}
