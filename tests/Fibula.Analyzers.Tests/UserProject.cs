using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers.Tests;

/// <summary>A project of a user as an editor holds it: one file, the framework and the real Fibula.</summary>
internal sealed class UserProject : IDisposable
{
    private static readonly MetadataReference RealFibula = MetadataReference.CreateFromFile(typeof(TaskScope).Assembly.Location);

    private readonly AdhocWorkspace _workspace = new();
    private readonly AnalyzerOptions _options;

    public UserProject(string code, RuleSettings settings)
    {
        _options = new AnalyzerOptions([], new BuildProperties(settings.BuildProperties));
        var options = new CSharpCompilationOptions(settings.Output, nullableContextOptions: NullableContextOptions.Enable);
        Project project = _workspace.AddProject("Code", LanguageNames.CSharp)
            .WithCompilationOptions(options)
            .WithParseOptions(new CSharpParseOptions(settings.Language).WithFeatures(settings.Features))
            .AddMetadataReferences(FrameworkReferences.All);
        Document = (settings.HasFibula ? project.AddMetadataReference(RealFibula) : project).AddDocument(settings.FileName, code);
    }

    public Document Document { get; private set; }

    public void Dispose() => _workspace.Dispose();

    public void Change(Document document) => Document = document;

    public async Task<string> TextAsync() => (await Document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    /// <summary>What the rule reports, in the order of the code.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    public async Task<ImmutableArray<Diagnostic>> FindAsync(DiagnosticAnalyzer rule)
    {
        Compilation compilation = (await Document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        if (compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"The code does not compile: {error}.\n{await TextAsync()}");
        }

        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers([rule], _options).GetAnalyzerDiagnosticsAsync();
        return [.. all.OrderBy(found => found.Location.SourceSpan.Start)];
    }

    /// <summary>What the compiler warns of.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindWarningsAsync(string id) =>
        [.. (await Document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics().Where(found => found.Id == id)];
}
