using System.Text.RegularExpressions;

namespace Fibula.Tests.Structure;

/// <summary>
/// Code in documents, each block under a marker that tells where it is compiled:
/// <c>&lt;!-- code: samples/Hello/Program.cs#name --&gt;</c> takes the lines between <c>// docs: name</c> and <c>// docs: end</c>,
/// without <c>#name</c> the whole file.
/// </summary>
internal static partial class CodeBlocks
{
    /// <summary>The document with the text of every marked block as its file has it now.</summary>
    public static string Update(string document) => Marked().Replace(document, block =>
        $"{block.Groups["marker"].Value}{block.Groups["fence"].Value}{Excerpt(block.Groups["path"].Value, block.Groups["name"].Value)}```");

    /// <summary>The first line of every C# block that has no marker.</summary>
    public static IEnumerable<string> Loose(string document) =>
        Fenced().Matches(Marked().Replace(document, "")).Select(block => block.Groups[1].Value);

    private static string Excerpt(string path, string name)
    {
        string file = Repository.Read(path);
        if (name == "")
        {
            return file;
        }

        string[] lines = [.. file.Split('\n').SkipWhile(line => line.Trim() != $"// docs: {name}").Skip(1).TakeWhile(line => line.Trim() != "// docs: end")];
        if (lines.Length == 0)
        {
            throw new InvalidOperationException($"'{path}' has no lines between '// docs: {name}' and '// docs: end'.");
        }

        // A #pragma stands in the first column, wherever the code around it stands.
        int indent = lines.Where(IsIndented).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => $"{(IsIndented(line) ? line[indent..] : line)}\n"));
    }

    private static bool IsIndented(string line) => line != "" && line[0] != '#';

    [GeneratedRegex(@"(?<marker><!-- code: (?<path>[^\s#]+)(#(?<name>\S+))? -->\n+)(?<fence>```\w+\n).*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("^```(?:csharp|cs|c#)\n(.*)", RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
