using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

/// <summary>
/// Code in documents, each block under a marker that tells where it is compiled:
/// <c>&lt;!-- code: samples/Hello/Program.cs#name --&gt;</c> takes the lines of that <see cref="CodeRegion"/>, without <c>#name</c> the whole file.
/// </summary>
internal static partial class CodeBlocks
{
    /// <summary>The document with the text of every marked block as its file has it now.</summary>
    public static string Update(string document) => Marked().Replace(document, block =>
        $"{block.Groups["marker"].Value}{block.Groups["fence"].Value}{CodeRegion.Read(block.Groups["path"].Value, block.Groups["name"].Value)}```");

    /// <summary>The first line of every C# block that has no marker.</summary>
    public static IEnumerable<string> Loose(string document) =>
        Fenced().Matches(Marked().Replace(document, "")).Select(block => block.Groups[1].Value);

    [GeneratedRegex(@"(?<marker><!-- code: (?<path>[^\s#]+)(#(?<name>\S+))? -->\n+)(?<fence>```\w+\n).*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("^```(?:csharp|cs|c#)\n(.*)", RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
