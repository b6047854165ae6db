namespace Fibula;

/// <summary>The runs of one command, each in one of three lists, the oldest first. Guarded by the gate of its limit.</summary>
internal sealed class CommandRuns
{
    private long _standing;

    /// <summary>Those that have a slot, and were not asked to cancel.</summary>
    public IntrusiveList<CommandRun> Going { get; } = NewList();

    /// <summary>Those that were asked to cancel, and have not ended.</summary>
    public IntrusiveList<CommandRun> Canceling { get; } = NewList();

    /// <summary>Those that wait for a slot.</summary>
    public IntrusiveList<CommandRun> Waiting { get; } = NewList();

    /// <summary>How they stand, where no other command uses the limit. Also read without the gate.</summary>
    public CommandStanding Standing
    {
        get => CommandStanding.Unpack(Volatile.Read(ref _standing));
        set => Volatile.Write(ref _standing, value.Pack());
    }

    /// <summary>A copy of all.</summary>
    public CommandRun[] All()
    {
        var all = new CommandRun[Canceling.Count + Going.Count + Waiting.Count];
        int end = Canceling.CopyTo(all, 0, all.Length);
        end = Going.CopyTo(all, end, all.Length);
        Waiting.CopyTo(all, end, all.Length);
        return all;
    }

    /// <summary>A copy of the oldest.</summary>
    /// <param name="going">How many of those that have a slot.</param>
    /// <param name="waiting">How many of those that wait.</param>
    public CommandRun[] Oldest(int going, int waiting)
    {
        if (going + waiting == 0)
        {
            return [];
        }

        var oldest = new CommandRun[going + waiting];
        Waiting.CopyTo(oldest, Going.CopyTo(oldest, 0, going), waiting);
        return oldest;
    }

    private static IntrusiveList<CommandRun> NewList() => new(static run => ref run.InCommand);
}
