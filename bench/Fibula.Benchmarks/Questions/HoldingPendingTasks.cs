using Microsoft.VisualStudio.Threading;

namespace Fibula.Benchmarks;

/// <summary>How many bytes does a pending task hold? The time is that of its start.</summary>
internal static class HoldingPendingTasks
{
    private const int Tasks = 20_000;
    private const string Question = "bytes held by a pending task";

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => Hold(StartOurs));
        var raw = new Contestant("raw async", () => Hold(static _ => static gate => Work.WaitForAsync(gate)));
        var jtf = new Contestant("JoinableTaskFactory", () => Hold(StartJtf));
        yield return new Comparison(Question, ours, raw, new Goal("at most +290 B", answer => answer.AddedBytes <= 290));
        yield return new Comparison(Question, ours, jtf, new Goal("fewer", answer => answer.AddedBytes < 0));
    }

    private static Func<Task, object> StartOurs(TaskScope scope) => gate => scope.Run(() => Work.WaitForAsync(gate));

    private static Func<Task, object> StartJtf(TaskScope scope)
    {
        var context = new JoinableTaskContext(Thread.CurrentThread, SynchronizationContext.Current);
        var factory = context.CreateFactory(context.CreateCollection());
        return gate => factory.RunAsync(() => Work.WaitForAsync(gate));
    }

    private static Cost Hold(Func<TaskScope, Func<Task, object>> startIn) => EventLoop.Run(async _ =>
    {
        var gate = new TaskCompletionSource();
        object[] handles = new object[Tasks];
        var start = startIn(TaskScope.Current!);
        long bytes = GC.GetTotalMemory(forceFullCollection: true);
        long began = CpuClock.ThreadNanoseconds();
        for (int i = 0; i < Tasks; i++)
        {
            handles[i] = start(gate.Task);
        }

        long time = CpuClock.ThreadNanoseconds() - began;
        bytes = GC.GetTotalMemory(forceFullCollection: true) - bytes;
        gate.SetResult();
        while (Done.Count < Tasks)
        {
            await Task.Yield();
        }

        GC.KeepAlive(handles);
        Done.Expect(Tasks);
        return Cost.Each(Tasks, time, bytes);
    });
}
