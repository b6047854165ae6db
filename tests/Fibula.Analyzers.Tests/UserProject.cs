using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers.Tests;

/// <summary>A project of a user as an editor holds it: one file, the framework and the real Fibula.</summary>
internal sealed class UserProject : IDisposable
{
    private static readonly MetadataReference RealFibula = MetadataReference.CreateFromFile(typeof(TaskScope).Assembly.Location);

    private readonly AdhocWorkspace _workspace;
    private readonly string _code;
    private readonly RuleSettings _settings;
    private readonly AnalyzerOptions _options;

    public UserProject(string code, RuleSettings settings)
        : this(code, settings, new AdhocWorkspace())
    {
        Document = AddTo(_workspace.CurrentSolution);
    }

    private UserProject(string code, RuleSettings settings, AdhocWorkspace workspace)
    {
        _code = code;
        _settings = settings;
        _workspace = workspace;
        _options = new AnalyzerOptions([], new BuildProperties(settings.BuildProperties));
    }

    public Document Document { get; private set; } = null!;

    public void Dispose() => _workspace.Dispose();

    /// <summary>Adds a project of the same code to the solution of this one.</summary>
    public UserProject AddTwin()
    {
        var twin = new UserProject(_code, _settings, new AdhocWorkspace());
        twin.Document = twin.AddTo(Document.Project.Solution);
        Document = twin.Document.Project.Solution.GetDocument(Document.Id)!;
        return twin;
    }

    public void Change(Document document) => Document = document;

    public async Task<string> TextAsync() => (await Document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    /// <summary>What the rule reports, in the order of the code.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    public async Task<ImmutableArray<Diagnostic>> FindAsync(DiagnosticAnalyzer rule)
    {
        Compilation compilation = await CompileAsync();
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers([rule], _options).GetAnalyzerDiagnosticsAsync();
        return [.. all.OrderBy(found => found.Location.SourceSpan.Start)];
    }

    /// <summary>The project as it is built: with all that generators add to it.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    public async Task<Compilation> CompileAsync()
    {
        Compilation compilation = (await Document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        ISourceGenerator[] generators = [new ForgottenTaskGenerator().AsSourceGenerator(), new OtherGenerator(_settings.Generated).AsSourceGenerator()];
        CSharpGeneratorDriver.Create(generators, parseOptions: ParseOptions, optionsProvider: _options.AnalyzerConfigOptionsProvider)
            .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _, TestContext.Current.CancellationToken);
        if (compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"The code does not compile: {error}.\n{await TextAsync()}");
        }

        return compilation;
    }

    /// <summary>What the compiler warns of.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindWarningsAsync(string id) =>
        [.. (await Document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics().Where(found => found.Id == id)];

    private CSharpParseOptions ParseOptions => new CSharpParseOptions(_settings.Language).WithFeatures(_settings.Features);

    private Document AddTo(Solution solution)
    {
        var options = new CSharpCompilationOptions(_settings.Output, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        string name = $"Code{solution.ProjectIds.Count}";
        Project project = solution.AddProject(name, name, LanguageNames.CSharp)
            .WithCompilationOptions(options)
            .WithParseOptions(ParseOptions)
            .AddMetadataReferences(FrameworkReferences.All);
        return (_settings.HasFibula ? project.AddMetadataReference(RealFibula) : project).AddDocument(_settings.FileName, _code);
    }
}
