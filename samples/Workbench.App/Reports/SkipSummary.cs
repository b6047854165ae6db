namespace Workbench;

/// <summary>Counts what was left out, by reason.</summary>
public static class SkipSummary
{
    /// <summary>For example "143 empty, 2 broken links"; empty if nothing was left out.</summary>
    public static string Format(IEnumerable<SkippedPath> skipped) => string.Join(
        ", ", skipped.CountBy(path => path.Reason).OrderBy(count => count.Key).Select(count => Describe(count.Key, count.Value)));

    private static string Describe(SkipReason reason, int count) => reason switch
    {
        SkipReason.Unreadable => Counted.Format(count, "unreadable", "unreadable"),
        SkipReason.Vanished => Counted.Format(count, "vanished", "vanished"),
        SkipReason.Changed => Counted.Format(count, "changed", "changed"),
        SkipReason.Empty => Counted.Format(count, "empty", "empty"),
        SkipReason.BrokenLink => Counted.Format(count, "broken link"),
        SkipReason.LoopingLink => Counted.Format(count, "looping link"),
        SkipReason.NameNotUtf8 => Counted.Format(count, "name not UTF-8", "names not UTF-8"),
        SkipReason.NamedPipe => Counted.Format(count, "named pipe"),
        SkipReason.Socket => Counted.Format(count, "socket"),
        _ => Counted.Format(count, "device"),
    };
}
