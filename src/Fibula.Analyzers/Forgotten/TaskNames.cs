using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>
/// Tells by its name alone that a call gives no task: <c>Add</c> and <c>WriteLine</c> are methods somewhere, and none of them gives one. To have the
/// compiler look at such a call costs a hundred times as much, and most statements of a program are one.
/// </summary>
internal sealed class TaskNames
{
    private static readonly ConditionalWeakTable<Compilation, TaskNames> Known = new();

    // null: something is referenced that cannot be looked into.
    private readonly IReadOnlyList<DeclaredNames>? _declared;

    private TaskNames(Compilation compilation)
    {
        var references = compilation.References.Select(NamesOf).ToList();
        _declared = references.Contains(null) ? null : [SyntaxNames.Of((CSharpCompilation)compilation), .. references!];
    }

    public static TaskNames Of(Compilation compilation) => Known.GetValue(compilation, static compilation => new TaskNames(compilation));

    /// <summary>False if whatever has the name that is called is a method, and gives no task.</summary>
    public bool MayGiveOne(InvocationExpressionSyntax call) =>
        _declared is null
        || NameOf(call.Expression) is not { } name
        || _declared.Any(names => names.MayGiveATask.Contains(name))
        || !_declared.Any(names => names.Others.Contains(name));

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static DeclaredNames? NamesOf(MetadataReference reference) => reference switch
    {
        PortableExecutableReference file => MetadataNames.Of(file),
        CompilationReference { Compilation: CSharpCompilation project } => SyntaxNames.Of(project),
        _ => null,
    };
}
