using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

/// <summary>
/// Examples in XML documentation: <c>&lt;code source="tests/Fibula.Tests/Examples/CommandExampleTests.cs#limit"&gt;</c> shows the lines of that
/// <see cref="CodeRegion"/>.
/// </summary>
internal static partial class CodeExamples
{
    /// <summary>The file with the text of every example as its source has it now.</summary>
    public static string Update(string file) => Sourced().Replace(file, example =>
    {
        string margin = example.Groups["margin"].Value;
        string[] lines = CodeRegion.Read(example.Groups["path"].Value, example.Groups["name"].Value).Split('\n')[..^1];
        return $"{example.Groups["start"].Value}{string.Concat(lines.Select(line => $"{margin} {Escape(line)}".TrimEnd() + "\n"))}{margin} </code>";
    });

    /// <summary>The first line of every example that has no source.</summary>
    public static IEnumerable<string> Loose(string file) =>
        Example().Matches(file).Where(example => !Sourced().IsMatch(example.Value)).Select(example => example.Groups["first"].Value);

    // No more than XML needs: the examples are read here too, and an arrow stays an arrow.
    private static string Escape(string line) => line.Replace("&", "&amp;").Replace("<", "&lt;");

    [GeneratedRegex(@"(?<start>^(?<margin> *///) <code source=""(?<path>[^""#]+)#(?<name>[^""]+)"">\n).*?^ */// </code>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sourced();

    [GeneratedRegex(@"^ */// <example>\s*(?:/// )?(?<first>[^\n]*).*?</example>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
