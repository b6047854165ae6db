using System.Collections.Concurrent;
using Microsoft.VisualStudio.Threading;

namespace Fibula.Benchmarks;

/// <summary>What does it cost to start a task that suspends once on the same loop, and to await it?</summary>
internal static class StartingATask
{
    private const int Operations = 20_000;
    private const string Question = "a task that suspends once";

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.Measure(Operations, OursAsync));
        var raw = new Contestant("raw async", () => OneLoop.Measure(Operations, _ => RawAsync()));
        var jtf = new Contestant("JoinableTaskFactory", () => OneLoop.Measure(Operations, _ => JtfAsync()));
        var byHand = new Contestant("a set by hand", () => OneLoop.Measure(Operations, _ => SetByHandAsync()));
        yield return new Comparison(Question, ours, raw, Goal.Adds(160, 250));
        yield return new Comparison(
            Question, ours, jtf, Goal.Faster(4.5).And("at least 2.5x fewer bytes", answer => answer.Ours.Bytes * 2.5 <= answer.Peer.Bytes));
        yield return new Comparison(Question, ours, byHand, Goal.Faster(2));
    }

    public static async Task OursAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            await scope.Run(Work.SuspendOnceAsync);
        }
    }

    public static async Task RawAsync()
    {
        for (int i = 0; i < Operations; i++)
        {
            await Work.SuspendOnceAsync();
        }
    }

    // With a collection, which holds and joins its tasks.
    private static async Task JtfAsync()
    {
        var context = new JoinableTaskContext(Thread.CurrentThread, SynchronizationContext.Current);
        var factory = context.CreateFactory(context.CreateCollection());
        for (int i = 0; i < Operations; i++)
        {
            await factory.RunAsync(Work.SuspendOnceAsync);
        }
    }

    // The cheapest way to write it: the continuation that takes a task out runs where the task ends.
    private static async Task SetByHandAsync()
    {
        var running = new ConcurrentDictionary<Task, string>();
        for (int i = 0; i < Operations; i++)
        {
            Task task = Work.SuspendOnceAsync();
            running.TryAdd(task, nameof(Work.SuspendOnceAsync));
            _ = task.ContinueWith(
                static (ended, set) => ((ConcurrentDictionary<Task, string>)set!).TryRemove(ended, out _),
                running,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            await task;
        }

        if (!running.IsEmpty)
        {
            throw new InvalidOperationException($"{running.Count} tasks are still in the set.");
        }
    }
}
