using BenchmarkDotNet.Attributes;

namespace Fibula.Benchmarks;

/// <summary>What does it cost to start a task that suspends once on the same loop, and to await it? In batches of 20,000.</summary>
[MemoryDiagnoser]
public class StartingATaskBenchmarks
{
    [Benchmark(Baseline = true)]
    public void RawAsync() => EventLoop.Run(_ => StartingATask.RawAsync());

    [Benchmark]
    public void Run() => EventLoop.Run(_ => StartingATask.OursAsync(TaskScope.Current!));
}
