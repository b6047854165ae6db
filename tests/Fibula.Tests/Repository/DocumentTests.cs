using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

public sealed partial class DocumentTests
{
    private static readonly IReadOnlyList<string> Documents =
        [.. Directory.EnumerateFiles(SourceTree.Root, "*.md").Select(path => Path.GetFileName(path)!), .. SourceTree.Files("docs", "*.md")];

    [Fact]
    public void Readme_FitsIn150Lines()
    {
        Assert.InRange(SourceTree.Read("README.md").Split('\n').Length - 1, 1, 150);
    }

    [Fact]
    public void Changelog_SortsChangesByTheirKind()
    {
        string unreleased = SourceTree.Read("CHANGELOG.md").Split("\n## ")[1];
        string[] headings = [.. Heading().Matches("## " + unreleased).Select(match => match.Groups[1].Value)];

        Assert.Equal(new[] { "Unreleased", "Added", "Changed", "Fixed", "Removed" }.Where(headings.Contains), headings);
    }

    [Fact]
    public void Decisions_HaveTheFourParts()
    {
        var incomplete = SourceTree.Files("docs/design/decisions", "*.md").Where(path =>
            !Heading().Matches(SourceTree.Read(path)).Select(match => match.Groups[1].Value).SequenceEqual(["Status", "Context", "Decision", "Consequences"]));

        Finding.None(incomplete);
    }

    [Fact]
    public void Links_LeadToFilesThatExist()
    {
        var dead = from document in Documents
                   from link in Link().Matches(SourceTree.Read(document))
                   let target = link.Groups[1].Value
                   where !File.Exists(Target(document, target)) && !Directory.Exists(Target(document, target))
                   select $"{document}: {target}";

        Finding.None(dead);
    }

    [Fact]
    public void Code_IsTheCodeThatIsCompiled()
    {
        CodeRegion.Check(Documents, CodeBlocks.Update);
    }

    // Not in docs/rules, which shows code that doesn't build, nor in docs/design, which shows code that isn't there yet.
    [Fact]
    public void Code_InCSharp_IsTakenFromAFile()
    {
        var loose = from document in Documents
                    where !document.StartsWith("docs/rules/", StringComparison.Ordinal) && !document.StartsWith("docs/design/", StringComparison.Ordinal)
                    from block in CodeBlocks.Loose(SourceTree.Read(document))
                    select $"{document}: {block}";

        Finding.None(loose);
    }

    private static string Target(string document, string link) =>
        Path.Combine(SourceTree.Root, Path.GetDirectoryName(document)!, link);

    [GeneratedRegex("^#{2,3} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // [text](path#anchor): the path, unless it is on the web or an anchor of the same page.
    [GeneratedRegex(@"\]\((?!\w+:)([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
