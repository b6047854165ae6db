#pragma warning disable FIB0001 // That a discarded task gets lost is what the sample shows.
using System.Runtime.CompilerServices;

namespace LostTasks;

/// <summary>The hazard as plain C# has it: the task is started and forgotten.</summary>
internal static class PlainRun
{
    public static string Try(Hazard hazard, bool withToken)
    {
        var trace = new Trace();
        Forget(hazard, trace, withToken);
        Collector.Collect();
        bool isAlive = trace.IsAlive;
        hazard.Signal();
        return isAlive
            ? $"is still there after {Collector.Rounds} collections"
            : $"collected while it waited; {(trace.FinallyRan ? "its finally ran" : "its finally never ran, and nobody was told")}";
    }

    // Not inlined, so that nothing of it stays on the stack. The token's source is as forgotten as the task.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(Hazard hazard, Trace trace, bool withToken)
    {
        // docs: forgotten
        CancellationToken token = withToken ? new CancellationTokenSource().Token : CancellationToken.None;
        _ = hazard.WaitAsync(trace, token);
        // docs: end
    }
}
