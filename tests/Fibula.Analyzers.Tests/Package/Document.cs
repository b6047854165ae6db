using System.Text.RegularExpressions;
using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>What a document tells its reader to type.</summary>
internal sealed partial class Document(string path)
{
    public static Document GettingStarted { get; } = new("docs/getting-started.md");

    /// <summary>The blocks of code in a language, in the order of the document.</summary>
    public string[] Blocks(string language) =>
        [.. Block().Matches(SourceTree.Read(path)).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    /// <summary>The lines that are typed into a shell.</summary>
    public string[] Lines => [.. Blocks("bash").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
