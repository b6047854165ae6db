using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>
/// The arguments that tell people which call it was: a name, the file, the line. The name is that of the method; of one that was given its work first, as
/// <c>Task.Run</c> is, that of the work.
/// </summary>
internal static class CallSiteText
{
    public static string Of(IInvocationOperation call, IMethodSymbol method)
    {
        Compilation compilation = call.SemanticModel!.Compilation;
        int line = SourceNames.LineOf(call.Syntax);
        (string name, string work) = NameOf(call, method, line);
        string observed = DiscardedCall.UseOf(call) == TaskUse.Observed ? ", isObserved: true" : "";
        return $"{SourceNames.Literal(name)}, {SourceNames.Literal(SourceNames.PathOf(call.Syntax, compilation))}, {line}{observed}{work}";
    }

    private static (string Name, string Work) NameOf(IInvocationOperation call, IMethodSymbol method, int line)
    {
        if (Work(call, method) is not { } work)
        {
            return (Naming(call, method), "");
        }

        IOperation given = work.Value is IDelegateCreationOperation made ? made.Target : work.Value;
        string member = $"{MemberOf(call)}:{line}";
        return given switch
        {
            IMethodReferenceOperation group => (group.Method.Name, ""),
            IAnonymousFunctionOperation => (member, ""),

            // A variable: what is in it says more than who has it, once it runs.
            _ => (member, $", work: fibula_{work.Parameter!.Ordinal}"),
        };
    }

    // SendAsync().AsTask().ContinueWith(…) sends.
    private static string Naming(IInvocationOperation call, IMethodSymbol method) =>
        method.Name is "AsTask" or "Unwrap" && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } }
        && call.SemanticModel!.GetSymbolInfo(inner).Symbol is IMethodSymbol around
            ? around.Name
            : method.Name;

    // The first argument, if it is a function. One that is called like a member of its first argument has a second.
    private static IArgumentOperation? Work(IInvocationOperation call, IMethodSymbol method)
    {
        int first = method.ReducedFrom is null ? 0 : 1;
        return call.Arguments.FirstOrDefault(argument => argument.Parameter is { RefKind: RefKind.None } parameter
            && parameter.Ordinal == first
            && parameter.Type.TypeKind == TypeKind.Delegate
            && argument.ArgumentKind == ArgumentKind.Explicit);
    }

    private static string MemberOf(IInvocationOperation call)
    {
        ISymbol? member = call.SemanticModel!.GetEnclosingSymbol(call.Syntax.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            member = member.ContainingSymbol;
        }

        string name = member is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : member?.Name.Trim('<', '>', '$', '.') ?? "";
        return member?.ContainingType is { } type ? $"{type.Name}.{name}" : name;
    }
}
