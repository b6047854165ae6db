using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Tests.Repository;

/// <summary>The types of the core and which of them each one uses, found by the compiler. A nested type counts as the one around it.</summary>
internal sealed class TypeGraph
{
    // What the project file adds to each source file, see ImplicitUsings.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<TypeGraph> LazyCore = new(static () => new TypeGraph("src/Fibula"));

    private readonly string _folder;
    private readonly Dictionary<string, SortedSet<string>> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _files = new(StringComparer.Ordinal);

    private TypeGraph(string folder)
    {
        _folder = folder;
        Compilation = Compile(folder);
        Errors = [.. Compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error).Select(static error => error.ToString())];
        foreach (SyntaxTree tree in Compilation.SyntaxTrees)
        {
            SemanticModel model = Compilation.GetSemanticModel(tree);
            foreach (MemberDeclarationSyntax declaration in TopLevelTypes(tree))
            {
                AddUses(model, declaration);
            }
        }
    }

    public static TypeGraph Core => LazyCore.Value;

    public CSharpCompilation Compilation { get; }

    /// <summary>What the compiler could not make sense of: uses may be missing then.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>All types, such as <c>Loops/UiLoop</c>.</summary>
    public IEnumerable<string> Types => _uses.Keys.Select(PathOf).Order(StringComparer.Ordinal);

    /// <summary>All uses of a type of another folder.</summary>
    public IEnumerable<(string User, string Used)> UsesAcrossFolders =>
        from pair in _uses
        from used in pair.Value
        where FolderOf(pair.Key) != FolderOf(used)
        select (PathOf(pair.Key), PathOf(used));

    /// <summary>The lines of each type over all its files.</summary>
    public IEnumerable<(string Type, int Lines)> Lines =>
        _files.Select(pair => (PathOf(pair.Key), pair.Value.Sum(static file => SourceTree.Read(file).Count('\n'))));

    /// <summary>Types that are declared in more than one folder.</summary>
    public IEnumerable<string> Scattered => _files.Keys.Where(type => _files[type].Select(FolderOfFile).Distinct().Count() > 1);

    /// <summary>The sets of types of which each can be reached from each other, the largest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles
    {
        get
        {
            var reached = _uses.Keys.ToDictionary(static type => type, ReachedFrom, StringComparer.Ordinal);
            return
            [
                .. _uses.Keys
                    .GroupBy(type => string.Join(' ', reached[type].Where(other => reached[other].Contains(type)).Append(type).Distinct().Order(StringComparer.Ordinal)))
                    .Select(cycle => (string[])[.. cycle.Select(PathOf).Order(StringComparer.Ordinal)])
                    .Where(static cycle => cycle.Length > 1)
                    .OrderByDescending(static cycle => cycle.Length),
            ];
        }
    }

    private static CSharpCompilation Compile(string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        IEnumerable<SyntaxTree> trees = SourceTree.Files(folder, "*.cs")
            .Select(path => CSharpSyntaxTree.ParseText(SourceTree.Read(path), options, path))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options));
        IEnumerable<MetadataReference> framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll" or "Microsoft.Win32.Primitives.dll")
            .Select(static path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("Core", trees, framework, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    // What is nested is looked through with the type around it.
    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(static member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private void AddUses(SemanticModel model, MemberDeclarationSyntax declaration)
    {
        string type = NameOf((INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!);
        SetOf(_files, type).Add(declaration.SyntaxTree.FilePath);
        SortedSet<string> uses = SetOf(_uses, type);
        foreach (SyntaxNode node in declaration.DescendantNodes())
        {
            SymbolInfo found = model.GetSymbolInfo(node);
            foreach (ISymbol symbol in found.Symbol is { } one ? [one] : found.CandidateSymbols)
            {
                if (TypeOf(symbol) is { } used && SymbolEqualityComparer.Default.Equals(used.ContainingAssembly, model.Compilation.Assembly) && NameOf(used) is var name && name != type)
                {
                    uses.Add(name);
                }
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(ISymbol symbol) => symbol as INamedTypeSymbol ?? symbol.ContainingType;

    private static string NameOf(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type.Arity == 0 ? type.Name : $"{type.Name}<{string.Join(',', type.TypeParameters.Select(static parameter => parameter.Name))}>";
    }

    private static SortedSet<string> SetOf(Dictionary<string, SortedSet<string>> sets, string type)
    {
        if (!sets.TryGetValue(type, out SortedSet<string>? set))
        {
            set = sets[type] = new SortedSet<string>(StringComparer.Ordinal);
        }

        return set;
    }

    private HashSet<string> ReachedFrom(string type)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(_uses[type]);
        while (waiting.TryPop(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string used in _uses[next])
                {
                    waiting.Push(used);
                }
            }
        }

        return reached;
    }

    private string PathOf(string type) => $"{FolderOf(type)}/{type}";

    private string FolderOf(string type) => FolderOfFile(_files[type].First());

    private string FolderOfFile(string file) => file[(_folder.Length + 1)..].Split('/')[0];
}
