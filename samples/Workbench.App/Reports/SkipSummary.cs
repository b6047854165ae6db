namespace Workbench;

/// <summary>Counts what was left out, by reason.</summary>
public static class SkipSummary
{
    /// <summary>For example "143 empty, 2 broken links"; empty if nothing was left out.</summary>
    public static string Format(IEnumerable<SkippedPath> skipped) => string.Join(
        ", ", skipped.CountBy(path => path.Reason).OrderBy(count => count.Key).Select(count => Describe(count.Key, count.Value)));

    /// <summary>For example "broken link".</summary>
    public static string NameOf(SkipReason reason) => Names(reason).One;

    private static string Describe(SkipReason reason, int count)
    {
        (string one, string many) = Names(reason);
        return Counted.Format(count, one, many);
    }

    private static (string One, string Many) Names(SkipReason reason) => reason switch
    {
        SkipReason.Unreadable => ("unreadable", "unreadable"),
        SkipReason.Vanished => ("vanished", "vanished"),
        SkipReason.Changed => ("changed", "changed"),
        SkipReason.Empty => ("empty", "empty"),
        SkipReason.BrokenLink => ("broken link", "broken links"),
        SkipReason.LoopingLink => ("looping link", "looping links"),
        SkipReason.NameNotUtf8 => ("name not UTF-8", "names not UTF-8"),
        SkipReason.NamedPipe => ("named pipe", "named pipes"),
        SkipReason.Socket => ("socket", "sockets"),
        SkipReason.Trash => ("trash folder", "trash folders"),
        _ => ("device", "devices"),
    };
}
