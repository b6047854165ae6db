using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

/// <summary>
/// The core's layers: a file uses its own folder and those above it in the table of docs/design/architecture.md, and few types are in a cycle.
/// </summary>
public sealed partial class LayerTests
{
    private const int MostLines = 400;
    private const int MostInACycle = 11;

    // They refer to each other in what they offer: a task has a scope, which starts tasks whose work gets a context, and tells of their faults.
    private static readonly string[] PublicCycle =
    [
        "Owning/BackgroundTask", "Owning/BackgroundTask<T>", "Owning/TaskContext", "Owning/TaskFault", "Owning/TaskGroup", "Owning/TaskScope", "Owning/TaskStarter",
    ];

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
        Finding.None(
            TypeGraph.Core.UsesAcrossFolders.Where(static use => LayerOf(use.User) < LayerOf(use.Used)).Select(static use => $"{use.User} -> {use.Used}"),
            "A layer uses only itself and what stands above it in docs/design/architecture.md.");
    }

    [Fact]
    public void Cycles_OfTypes_AreSmall()
    {
        Finding.None(
            TypeGraph.Core.Cycles.Where(static cycle => cycle.Count > MostInACycle).Select(static cycle => string.Join(' ', cycle)),
            $"At most {MostInACycle} types refer to each other. Let one of them see the others through an interface.");
        Assert.Equal(PublicCycle, TypeGraph.Core.Cycles.Single(static cycle => cycle.Contains(PublicCycle[0])));
    }

    [Fact]
    public void Types_OverAllTheirFiles_StayUnder400Lines()
    {
        Finding.None(
            TypeGraph.Core.Lines.Where(static type => type.Lines > MostLines).Select(static type => $"{type.Type}: {type.Lines}"),
            $"A type has at most {MostLines} lines over all its files.");
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

    private static int LayerOf(string type) => Layers.IndexOf(type.Split('/')[0]);

    [GeneratedRegex(@"^\| `(\w+)/` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `([\w<>]+\.\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex LockRow();

    // A field or property of type Lock, an object that is made to be locked, or the locked object itself.
    [GeneratedRegex(@"(?:\bLock|readonly object) (\w+) (?:=|{)|\block \((this)\)")]
    private static partial Regex Lock();
}
