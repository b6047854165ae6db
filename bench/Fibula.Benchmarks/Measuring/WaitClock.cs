using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>How long a thread stands still because of others in its own process: elapsed time, without what it waited for a processor.</summary>
internal sealed class WaitClock
{
    private const string Statistics = "/proc/thread-self/schedstat";
    private long _elapsed;
    private long _withoutProcessor;

    public void Start()
    {
        _withoutProcessor = WithoutProcessor();
        _elapsed = CpuClock.ElapsedNanoseconds();
    }

    /// <returns>The time since <see cref="Start"/>, on the same thread.</returns>
    public long Stop()
    {
        long elapsed = CpuClock.ElapsedNanoseconds() - _elapsed;
        return elapsed - (WithoutProcessor() - _withoutProcessor);
    }

    // The second number counts the nanoseconds on a run queue. Only Linux tells.
    private static long WithoutProcessor() =>
        File.Exists(Statistics) ? long.Parse(File.ReadAllText(Statistics).Split(' ')[1], CultureInfo.InvariantCulture) : 0;
}
