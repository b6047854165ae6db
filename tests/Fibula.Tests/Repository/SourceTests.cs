using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

public sealed partial class SourceTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "bench"];

    [Fact]
    public void SourceFiles_StayUnder400Lines()
    {
        var tall = SourceTree.Files("src", "*.cs").Where(path => SourceTree.Read(path).AsSpan().Count('\n') > 400);

        Finding.None(tall);
    }

    [Fact]
    public void SourceFiles_HoldOneTopLevelType()
    {
        var crowded = SourceTree.Files("src", "*.cs").Where(path => TopLevelType().Count(SourceTree.Read(path)) > 1);

        Finding.None(crowded);
    }

    [Fact]
    public void TypesForAdapters_AreOutOfTheNamespaceOfPrograms()
    {
        var misplaced = SourceTree.Files("src/Fibula", "*.cs").Where(static path => SourceTree.Read(path) is var text && ForAdapters().IsMatch(text) && !text.Contains("namespace Fibula.Toolkits;"));

        Finding.None(misplaced);
    }

    [Fact]
    public void Suppressions_GiveTheirReasonOnTheSameLine()
    {
        Finding.None(Lines(line => line.Contains("#pragma warning disable") && !line.Contains("//")));
        Finding.None(Lines(line => line.Contains("SuppressMessage(") && !line.Contains("Justification =")));
    }

    [Fact]
    public void Code_HasNoRegionsAndNoUnfinishedNotes()
    {
        Finding.None(Lines(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal) || UnfinishedNote().IsMatch(line)));
    }

    [Fact]
    public void UnitTests_NeverSleep()
    {
        string[] folders =
        [
            "tests/Fibula.Tests", "tests/Fibula.Testing.Tests", "tests/Fibula.TerminalGui.Tests", "tests/Fibula.Gtk.Tests", "tests/Fibula.Blazor.Tests",
            "tests/Fibula.Avalonia.Tests", "tests/Fibula.SpectreConsole.Tests", "tests/Fibula.Wpf.Tests",
        ];
        var sleeping = folders.SelectMany(folder => SourceTree.Files(folder, "*.cs")).Where(path => Sleep().IsMatch(SourceTree.Read(path)));

        Finding.None(sleeping);
    }

    private static IEnumerable<string> Lines(Func<string, bool> match) =>
        from folder in Folders
        from path in SourceTree.Files(folder, "*.cs")
        where !path.EndsWith("Repository/SourceTests.cs", StringComparison.Ordinal)
        from line in SourceTree.Read(path).Split('\n').Index()
        where match(line.Item)
        select $"{path}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"^(public |internal )?(static |sealed |abstract |readonly |ref |partial |unsafe )*(class|struct|record|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"/// <summary>\s*(/// )?For adapters")]
    private static partial Regex ForAdapters();

    [GeneratedRegex(@"//\s*(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex UnfinishedNote();

    // A delay on a TimeProvider has a second argument that isn't a token: those are told apart by the name. That of a TaskContext is on its loop's clock.
    [GeneratedRegex(@"(?-i:Thread\.Sleep|\bTask\.Delay)\((?![^;]*(time|clock|provider))", RegexOptions.IgnoreCase)]
    private static partial Regex Sleep();
}
