using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

/// <summary>
/// The core's layers: a file may use its own folder and those above it in the table of docs/design/architecture.md. Known exceptions
/// stand in layers.txt, which may only become shorter. UPDATE_DOCS=1 takes out what is mended.
/// </summary>
public sealed partial class LayerTests
{
    private const int MostLines = 400;
    private const string BaselineFile = "tests/Fibula.Tests/Repository/layers.txt";

    private static readonly string[] Baseline = SourceTree.Read(BaselineFile).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static readonly string Architecture = SourceTree.Read("docs/design/architecture.md");

    // The rows of the table: | `Loops/` | what it holds |
    private static readonly List<string> Layers = [.. Row().Matches(Architecture).Select(static row => row.Groups[1].Value)];

    [Fact]
    public void Core_IsUnderstoodByTheCompiler()
    {
        Finding.None(TypeGraph.Core.Errors);
    }

    [Fact]
    public void Folders_AreTheRowsOfTheTable()
    {
        string[] folders = [.. TypeGraph.Core.Types.Select(static type => type.Split('/')[0]).Distinct()];

        Assert.Equal(folders.Order(StringComparer.Ordinal), Layers.Order(StringComparer.Ordinal));
        Finding.None(TypeGraph.Core.Scattered, "The parts of a type stand in one folder.");
    }

    [Fact]
    public void Uses_OfTheLayersBelow_AreNone()
    {
        Compare("use", TypeGraph.Core.UsesAcrossFolders.Where(static use => LayerOf(use.User) < LayerOf(use.Used)).Select(static use => $"{use.User} -> {use.Used}"));
    }

    [Fact]
    public void Cycles_OfTypes_AreSmall()
    {
        Compare("cycle", TypeGraph.Core.Cycles.Where(static cycle => cycle.Count > 6).SelectMany(static cycle => cycle));
    }

    [Fact]
    public void Types_OverAllTheirFiles_StayUnder400Lines()
    {
        Compare("long", TypeGraph.Core.Lines.Where(static type => type.Lines > MostLines).Select(static type => type.Type));
    }

    [Fact]
    public void Locks_AreTheRowsOfTheTable()
    {
        IEnumerable<string> locks = SourceTree.Files("src/Fibula", "*.cs").SelectMany(static path =>
        {
            string type = Path.GetFileNameWithoutExtension(path).Split('.')[0].Replace('{', '<').Replace('}', '>');
            return Lock().Matches(SourceTree.Read(path)).Select(found => $"{type}.{(found.Groups[1].Success ? found.Groups[1] : found.Groups[2]).Value}");
        });

        Assert.Equal(locks.Distinct().Order(StringComparer.Ordinal), LockRow().Matches(Architecture).Select(static row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static void Compare(string kind, IEnumerable<string> found)
    {
        string[] lines = [.. found.Select(line => $"{kind}: {line}").Distinct().Order(StringComparer.Ordinal)];
        string[] known = [.. Baseline.Where(line => line.StartsWith($"{kind}: ", StringComparison.Ordinal))];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
        {
            string path = SourceTree.PathOf(BaselineFile);
            File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !known.Contains(line) || lines.Contains(line)));
            known = [.. known.Intersect(lines)];
        }

        Finding.None(lines.Except(known), "A layer uses only itself and what stands above it in docs/design/architecture.md.");
        Finding.None(known.Except(lines), $"This is mended: take it out of {BaselineFile}, or run the test with UPDATE_DOCS=1.");
    }

    private static int LayerOf(string type) => Layers.IndexOf(type.Split('/')[0]);

    [GeneratedRegex(@"^\| `(\w+)/` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `([\w<>]+\.\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex LockRow();

    // A field or property of type Lock, an object that is made to be locked, or the locked object itself.
    [GeneratedRegex(@"(?:\bLock|readonly object) (\w+) (?:=|{)|\block \((this)\)")]
    private static partial Regex Lock();
}
