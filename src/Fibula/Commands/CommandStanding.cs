namespace Fibula;

/// <summary>How many runs of a command are running and waiting, and what would happen to another one.</summary>
/// <param name="Running">How many run, also while they are canceling.</param>
/// <param name="Queued">How many wait.</param>
/// <param name="Next">What would happen to another one.</param>
internal readonly record struct CommandStanding(int Running, int Queued, CommandEntry Next)
{
    private const int CountBits = 31;
    private const long CountMask = (1L << CountBits) - 1;

    public bool HasRuns => Running + Queued > 0;

    /// <summary>Unpacks the values from one word.</summary>
    public static CommandStanding Unpack(long packed) =>
        new((int)(packed & CountMask), (int)((packed >> CountBits) & CountMask), (CommandEntry)(packed >> (2 * CountBits) & 3));

    /// <summary>Packs the values into one word, which is read and written atomically.</summary>
    public long Pack() => (uint)Running | ((long)Queued << CountBits) | ((long)Next << (2 * CountBits));
}
