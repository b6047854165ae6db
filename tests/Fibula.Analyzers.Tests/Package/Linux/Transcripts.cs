using System.Text.RegularExpressions;

namespace Fibula.Analyzers.Tests.Package.Linux;

/// <summary>What two runs of one program wrote, in two columns, in the block of a document under the marker
/// <c>&lt;!-- output: samples/Name --&gt;</c>.</summary>
internal static partial class Transcripts
{
    /// <summary>The document with both runs as they are now.</summary>
    public static string Update(string document, string sample, CommandResult left, CommandResult right)
    {
        Assert.Contains($"<!-- output: {sample} -->", document);
        return Marked().Replace(document, block => block.Groups["sample"].Value == sample
            ? $"{block.Groups["head"].Value}{SideBySide(LinesOf(left), LinesOf(right))}```"
            : block.Value);
    }

    private static List<string> LinesOf(CommandResult run) =>
        [.. run.StandardOutput.ReplaceLineEndings("\n").TrimEnd().Split('\n'), $"exit code {run.ExitCode}"];

    // A line that only the right one has stands alone, until the left one's next line comes there too.
    private static string SideBySide(List<string> left, List<string> right)
    {
        left = ["WITHOUT THE LINE", "", .. left];
        right = ["WITH IT", "", .. right];
        int width = left.Max(line => line.Length) + 3;
        var rows = new List<string>();
        for (int l = 0, r = 0; l < left.Count || r < right.Count; r++)
        {
            bool isAlone = l == left.Count || (r < right.Count && left[l] != right[r] && right.IndexOf(left[l], r) > r);
            rows.Add($"{(isAlone ? "" : left[l++]).PadRight(width)}{(r < right.Count ? right[r] : "")}".TrimEnd());
        }

        return string.Concat(rows.Select(row => $"{row}\n"));
    }

    [GeneratedRegex(@"(?<head><!-- output: (?<sample>\S+) -->\n+```\w+\n).*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();
}
