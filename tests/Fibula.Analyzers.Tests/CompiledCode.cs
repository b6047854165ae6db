using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers.Tests;

/// <summary>A user's code, compiled against Fibula and with the suppressor loaded as the compiler loads it.</summary>
internal sealed class CompiledCode(string code)
{
    // Preview: Roslyn 4.14 knows extension properties, but not yet under the name C# 14.
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    /// <summary>What a project's NoWarn and WarningsAsErrors say, by id.</summary>
    public Dictionary<string, ReportDiagnostic> Severities { get; init; } = [];

    /// <value>Default: the stub. Null compiles without Fibula.</value>
    public MetadataReference? Fibula { get; init; } = StubFibula.Reference;

    /// <summary>Every CS4014, silenced or not, in the order of the code.</summary>
    /// <exception cref="InvalidOperationException">The code does not compile.</exception>
    public async Task<ImmutableArray<Diagnostic>> FindCs4014Async()
    {
        IEnumerable<MetadataReference> references = Fibula is null ? FrameworkReferences.All : FrameworkReferences.All.Append(Fibula);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: Severities);
        var compilation = CSharpCompilation.Create("Code", [CSharpSyntaxTree.ParseText(code, Language)], references, options);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new FIBSUP0001OwnedTaskSuppressor()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: true));

        ImmutableArray<Diagnostic> found = await analysis.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        ThrowOnErrors(found);
        return [.. found.Where(diagnostic => diagnostic.Id == "CS4014").OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    // An error by default, that is: not a warning made one by the severities.
    private static void ThrowOnErrors(ImmutableArray<Diagnostic> found)
    {
        if (found.FirstOrDefault(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"The code under test does not compile: {error}.");
        }
    }
}
