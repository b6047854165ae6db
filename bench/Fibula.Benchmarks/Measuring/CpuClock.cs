using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fibula.Benchmarks;

/// <summary>Processor time, which other programs on the machine do not add to.</summary>
internal static partial class CpuClock
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>The time of the calling thread. Elsewhere than on Linux it is elapsed time.</summary>
    public static long ThreadNanoseconds() => NanosecondsOn(ThreadClock);

    /// <summary>The clock of the calling thread, which any thread of the process may read.</summary>
    public static int ClockOfThisThread() =>
        !OperatingSystem.IsLinux() ? 0
        : GetClock(GetThread(), out int clock) == 0 ? clock
        : throw new InvalidOperationException("The system has no clock of the thread's processor time.");

    /// <summary>The time on a thread's clock. Elsewhere than on Linux it is elapsed time.</summary>
    public static long NanosecondsOn(int clock)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ElapsedNanoseconds();
        }

        return GetTime(clock, out Timespec time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
            : throw new InvalidOperationException("The thread has ended, or the system has no clock of its processor time.");
    }

    /// <summary>The time of all threads of the process, for work that spans threads.</summary>
    public static long ProcessNanoseconds() => Environment.CpuUsage.TotalTime.Ticks * TimeSpan.NanosecondsPerTick;

    public static long ElapsedNanoseconds() => (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    /// <summary>The time that the calling thread spends in an action.</summary>
    public static long ThreadNanosecondsOf(Action action)
    {
        long began = ThreadNanoseconds();
        action();
        return ThreadNanoseconds() - began;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint GetThread();

    [LibraryImport("libc", EntryPoint = "pthread_getcpuclockid")]
    private static partial int GetClock(nint thread, out int clock);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
