using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>A process that has just started: how long until its first task has ended? It loads nothing but what that needs.</summary>
internal static class ColdStart
{
    public const string Command = "cold-start";
    public const string Ours = "fibula";
    public const string Raw = "pump";

    /// <summary>Prints the nanoseconds of processor time, in which the compiler has the largest part. It works on the thread that waits for it.</summary>
    public static int Run(string contestant)
    {
        long began = CpuClock.ProcessNanoseconds();
        if (contestant == Ours)
        {
            RunOurs();
        }
        else
        {
            RunRaw();
        }

        long time = CpuClock.ProcessNanoseconds() - began;
        Done.Expect(1);
        Console.WriteLine(time.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static void RunOurs() => EventLoop.Run(static async task => await task.Run(Work.SuspendOnceAsync));

    private static void RunRaw() => RawPump.Run(static async () => await Work.SuspendOnceAsync());
}
