namespace Fibula;

/// <summary>Finds the loop whose UI thread the calling code is on. A dispatcher without its own thread, such as a circuit's, counts as one.</summary>
internal static class UiThread
{
    /// <summary>The loop whose UI thread the calling code is on, even if it has ended but still dispatches; null elsewhere.</summary>
    /// <param name="isStrangers">True on the dispatcher of a user whom no loop is known to serve.</param>
    public static UiLoop? LoopHere(out bool isStrangers) => LoopOfTheContext(out isStrangers) ?? (isStrangers ? null : LoopOfTheTurn ?? LoopsWithApp.OfThisThread());

    /// <summary>The loop that would stand still while the calling code blocks; null on a thread of no loop, and on one of the pool outside any turn or context.</summary>
    public static UiLoop? LoopThatStandsHere()
    {
        UiLoop? loop = LoopOfTheContext(out _) ?? LoopOfTheTurn ?? (Thread.CurrentThread.IsThreadPoolThread ? null : LoopsWithApp.OfThisThread());
        return loop is { HasEnded: false } ? loop : null;
    }

    /// <summary>Whether the calling code is on the UI thread of some other loop. On a thread of no loop it is not.</summary>
    /// <param name="own">The loop that the calling code belongs to by its execution context; null without a loop.</param>
    public static bool IsAnothers(UiLoop? own)
    {
        // The usual case: a step of the loop's own work.
        if (own is not null && SynchronizationContext.Current == own.Context)
        {
            return false;
        }

        if ((LoopOfTheContext(out bool isStrangers) ?? LoopOfTheTurn) is { } here)
        {
            return here != own;
        }

        if (isStrangers)
        {
            return true;
        }

        // A handler that the toolkit calls outside any turn. A thread of the pool is nobody's, though the loop of a test may have had it before: there a
        // loop is found by its context only.
        bool hasThread = !Thread.CurrentThread.IsThreadPoolThread;
        return (hasThread || SynchronizationContext.Current is not null) && own?.CheckAccess() != true && LoopsWithApp.OfThisThread(hasThread) is not null;
    }

    // The context is more precise than the turn: a dispatcher may run a callback in the middle of another's turn.
    private static UiLoop? LoopOfTheContext(out bool isStrangers)
    {
        isStrangers = false;
        return SynchronizationContext.Current switch
        {
            null => null,
            LoopContext own => own.Loop,
            var context => LoopsWithApp.OfContext(context, out isStrangers),
        };
    }

    // Where a context decides alone, a callback without it is elsewhere.
    private static UiLoop? LoopOfTheTurn => TurnQueue.LoopOnThisThread is { ServesAUser: false } loop ? loop : null;
}
