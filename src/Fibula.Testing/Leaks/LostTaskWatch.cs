namespace Fibula.Testing;

/// <summary>
/// Watches for <c>async</c> methods that the garbage collector takes before they have ended, and fails the test that lost one.
/// <see cref="TaskLeaks.WatchForLostTasks"/> starts it.
/// </summary>
/// <remarks>
/// <para><b>What it sees.</b> Every method that first has to wait while the watch is open: one that returns <c>Task</c> or <c>ValueTask</c>, <c>async void</c>, an
/// <c>async</c> iterator (also one that nobody has disposed of). Not one that had been waiting before, nor one whose builder pools its tasks.</para>
/// <para><b>Threads.</b> May be used from any thread. Tests that run side by side may each have a watch: a method counts for the test that began it. Where that
/// can't be told, as in a callback of a timer that is older than the watch, it counts for every watch that is open.</para>
/// <para><b>Errors.</b> What was lost throws <see cref="InvalidOperationException"/> at the end. If the test itself has failed too, that error takes the place of
/// the test's own where the watch is a local variable; in a field that the test class disposes of, the framework reports both.</para>
/// <para><b>Privacy.</b> Only the names of methods are kept. The runtime itself calls <c>ToString</c> on each field of a lost method, on the finalizer thread:
/// one that throws there ends the process.</para>
/// <para>Use <see cref="TaskLeaks.ThrowIfAny(TaskScope)"/> instead for tasks that have an owner: none of those is ever lost, but one may still run.</para>
/// </remarks>
public sealed class LostTaskWatch : IAsyncDisposable
{
    // A task may be held a moment longer by the thread that ran it last.
    private const int Rounds = 3;

    private readonly LostMethodListener _listener = new();
    private int _isOver;

    internal LostTaskWatch()
    {
    }

    /// <summary>Forces full collections, ends the watch, and throws if a method was lost. Calls after the first do nothing.</summary>
    /// <returns>Ends when all is collected.</returns>
    /// <exception cref="InvalidOperationException">A method was lost; the message names each. Or this runtime does not tell of any.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1)
        {
            return;
        }

        for (int round = 0; round < Rounds; round++)
        {
            // Away from the caller's thread, whose stack may hold what the test has dropped.
            await Task.Run(Collect).ConfigureAwait(false);
        }

        _listener.Dispose();
        ThrowIfDeaf();
        ThrowIfAnyIsLost();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private void ThrowIfDeaf()
    {
        if (!_listener.HasHeardTheProbe)
        {
            throw new InvalidOperationException(
                "The watch for lost tasks is deaf: this runtime does not tell of lost methods. Run the tests with EventSourceSupport on, and not compiled ahead of time.");
        }
    }

    private void ThrowIfAnyIsLost()
    {
        string[] lost = [.. _listener.Lost];
        if (lost.Length > 0)
        {
            throw new InvalidOperationException(lost is [string only]
                ? $"'{only}' was collected before it ended: nothing held it but what it waited for, so its finally never runs. {WhatToDo("it")}"
                : $"{lost.Length} async methods were collected before they ended: {Names(lost)}. Nothing held them but what they waited for, so no finally of theirs runs. {WhatToDo("each")}");
        }
    }

    private static string WhatToDo(string what) => $"Start {what} with scope.Run(…), which holds it until it ends, or await its task.";

    private static string Names(string[] lost) =>
        string.Join(", ", lost.CountBy(name => name).OrderBy(named => named.Key, StringComparer.Ordinal).Select(Describe));

    private static string Describe(KeyValuePair<string, int> named) => named.Value == 1 ? $"'{named.Key}'" : $"'{named.Key}' ({named.Value} times)";
}
