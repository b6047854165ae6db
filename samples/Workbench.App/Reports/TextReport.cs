namespace Workbench;

/// <summary>The result as text, for people.</summary>
public static class TextReport
{
    private const int SkippedShownPerReason = 5;

    /// <summary>Writes the groups that waste most first, what was left out, and a summary as the last line.</summary>
    public static void Write(TextWriter output, ScanResult result)
    {
        if (result.Problem is { } problem)
        {
            output.WriteLine(VisibleText.Of(problem));
            return;
        }

        foreach (DuplicateGroup group in result.Groups.OrderByDescending(group => group.WastedBytes))
        {
            WriteGroup(output, group);
        }

        if (result.Skipped.Count > 0)
        {
            WriteSkipped(output, result.Skipped);
        }

        output.WriteLine(Summarize(result));
    }

    private static void WriteGroup(TextWriter output, DuplicateGroup group)
    {
        output.WriteLine(
            $"{ByteSize.Format(group.WastedBytes)} wasted by {Counted.Format(group.Paths.Count, "file")} of {ByteSize.Format(group.Size)}:");
        foreach (string path in group.Paths)
        {
            output.WriteLine($"  {VisibleText.Of(path)}");
        }

        output.WriteLine();
    }

    private static void WriteSkipped(TextWriter output, IReadOnlyList<SkippedPath> skipped)
    {
        output.WriteLine($"Left out: {SkipSummary.Format(skipped)}.");
        foreach (IGrouping<SkipReason, SkippedPath> reason in skipped.GroupBy(path => path.Reason).OrderBy(reason => reason.Key))
        {
            foreach (SkippedPath path in reason.Take(SkippedShownPerReason))
            {
                output.WriteLine($"  {VisibleText.Of(path.Path)}: {VisibleText.Of(path.Why)}");
            }

            if (reason.Count() > SkippedShownPerReason)
            {
                output.WriteLine($"  … and {reason.Count() - SkippedShownPerReason} more of these. --json lists them all.");
            }
        }

        output.WriteLine();
    }

    private static string Summarize(ScanResult result)
    {
        string canceled = result.Canceled ? " Canceled: this is what was found until then." : "";
        return $"{VisibleText.Of(result.Root)}: {StatusText.Summarize(result)}.{canceled}";
    }
}
