namespace Fibula;

/// <summary>A policy's decision about a new run of a command: whether it begins, and how many earlier runs are canceled, the oldest first.</summary>
/// <param name="Entry">Whether it begins.</param>
/// <param name="CancelRunning">How many running ones, without those asked to cancel before.</param>
/// <param name="CancelQueued">How many of the waiting ones.</param>
internal readonly record struct CommandDecision(CommandEntry Entry, int CancelRunning = 0, int CancelQueued = 0)
{
    /// <summary>Decides, from its arguments only.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="limit">How many may run at the same time; 0 where others have used up a shared limit.</param>
    /// <param name="running">How many run, and were not asked to cancel.</param>
    /// <param name="canceling">How many run, and were asked to cancel.</param>
    /// <param name="queued">How many wait.</param>
    /// <param name="overlaps">Those that were asked to cancel do not count.</param>
    public static CommandDecision Of(CommandPolicy policy, int limit, int running, int canceling, int queued, bool overlaps = false)
    {
        bool hasRoom = running + (overlaps ? 0 : canceling) < limit;
        CommandEntry inTurn = hasRoom && queued == 0 ? CommandEntry.Start : CommandEntry.Wait;
        return policy switch
        {
            CommandPolicy.Drop => new(hasRoom ? CommandEntry.Start : CommandEntry.Refuse),
            CommandPolicy.Restart => Restart(limit, running, canceling, queued, overlaps),
            CommandPolicy.KeepLatest => new(inTurn, CancelQueued: queued),
            _ => new(inTurn),
        };
    }

    // With the new run there are at most as many as the limit, not counting the canceled ones.
    private static CommandDecision Restart(int limit, int running, int canceling, int queued, bool overlaps)
    {
        int excess = Math.Max(0, running + queued + 1 - Math.Max(1, limit));
        int cancelRunning = Math.Min(excess, running);
        int cancelQueued = excess - cancelRunning;
        int inTheWay = overlaps ? running - cancelRunning : running + canceling;
        bool canStart = inTheWay < limit && queued == cancelQueued;
        return new CommandDecision(canStart ? CommandEntry.Start : CommandEntry.Wait, cancelRunning, cancelQueued);
    }
}
