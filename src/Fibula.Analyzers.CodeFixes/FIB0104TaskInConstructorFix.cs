using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Starts the task in the window's scope, which waits for the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0104TaskInConstructorFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0104"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax call
            || model.GetTypeInfo(call, cancellationToken).Type is not INamedTypeSymbol { Name: "Task" }
            || call.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { } constructor
            || constructor.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Count > 0)
            || call.ArgumentList.Arguments.Any(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None))
            || Owner.Find(model, call) is not { } owner)
        {
            return null;
        }

        return new FoundFix("Start it in the scope").Surround(call, $"{owner}.Run(() => ", ").AsTask()");
    }
}
