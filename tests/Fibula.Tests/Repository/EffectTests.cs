using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Tests.Repository;

/// <summary>What a transition of the tree returns is left to do: nobody may drop it.</summary>
public sealed class EffectTests
{
    private static readonly string[] Effects = ["CancelEffects", "CloseEnd", "CloseStart", "EndEffects", "PassEnd", "SettleEffects"];

    [Fact]
    public void Effects_OfATransition_AreNeverDropped()
    {
        Finding.None(
            from tree in TypeGraph.Core.Compilation.SyntaxTrees
            let model = TypeGraph.Core.Compilation.GetSemanticModel(tree)
            from call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            where model.GetOperation(call) is IInvocationOperation operation && IsEffect(operation.TargetMethod) && IsDropped(operation)
            let line = tree.GetLineSpan(call.Span).StartLinePosition.Line + 1
            select $"{tree.FilePath}:{line}: {call}",
            "What is left to do after a transition is done by whoever made it.");
    }

    private static bool IsEffect(IMethodSymbol method) =>
        !method.ReturnsVoid
        && (method.ContainingType.Name == "TaskTree" || Effects.Contains(NameOf(method.ReturnType)));

    // Without the question mark of a nullable struct.
    private static string NameOf(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: [var only], Name: "Nullable" } ? only.Name : type.Name;

    private static bool IsDropped(IOperation operation)
    {
        IOperation value = operation;
        while (value.Parent is IConversionOperation or IConditionalAccessOperation && (value.Parent as IConditionalAccessOperation)?.Operation != value)
        {
            value = value.Parent;
        }

        return value.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
    }
}
