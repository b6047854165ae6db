using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>
/// An exit by a signal: its code and its limit in real time. The hook has half of it, and the tasks have the rest of four fifths. After the loop, a toolkit that owns the
/// terminal has the same time again, since it may wait forever for a terminal that is gone.
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

    /// <summary>The remaining time for the tasks, without the fifth of the limit that is reserved for the end; null for no limit.</summary>
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
    /// <param name="onOverdueProcess">Called if the toolkit takes longer than the limit; null if only the program itself can delay the end.</param>
    public void LoopEnded(Action<ForcedExit>? onOverdueProcess)
    {
        _hookLimit?.Dispose();
        _limit?.Dispose();
        _limit = onOverdueProcess is null ? null : new Countdown(limit, () => onOverdueProcess(this));
    }
}
