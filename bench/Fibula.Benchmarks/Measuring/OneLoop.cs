namespace Fibula.Benchmarks;

/// <summary>Runs a contestant on a new <see cref="EventLoop"/>, the same for all, and measures it there.</summary>
internal static class OneLoop
{
    /// <summary>Work that stays on the loop: the processor time and the allocations of its thread.</summary>
    public static Cost Measure(int operations, Func<TaskScope, Task> work) => EventLoop.Run(async _ =>
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long began = CpuClock.ThreadNanoseconds();
        await work(TaskScope.Current!);
        long time = CpuClock.ThreadNanoseconds() - began;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Done.Expect(operations);
        return Cost.Each(operations, time, bytes);
    });

    /// <summary>Work that spans threads: the processor time and the allocations of the process. Elapsed time would depend on whether the other
    /// thread gets a processor.</summary>
    public static Cost MeasureProcess(int operations, Func<TaskContext, Task> work) => EventLoop.Run(async task =>
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long began = CpuClock.ProcessNanoseconds();
        await work(task);
        long time = CpuClock.ProcessNanoseconds() - began;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Done.Expect(operations);
        return Cost.Each(operations, time, bytes);
    });
}
