using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>An async method without a task, where no toolkit asks for one: nobody can wait for it, and its error ends the program.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0003AsyncVoidAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0003",
        title: "An async method that is no event handler returns no task",
        messageFormat: "'{0}' is async void and no event handler: nobody can wait for it, cancel it or catch its error. Return a Task.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (!ForgottenTasks.AreOwned(start.Compilation))
        {
            LookAt(start, [SyntaxKind.MethodDeclaration, SyntaxKind.LocalFunctionStatement], Check);
        }
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        (SyntaxToken name, SyntaxTokenList modifiers) = context.Node switch
        {
            MethodDeclarationSyntax declared => (declared.Identifier, declared.Modifiers),
            LocalFunctionStatementSyntax local => (local.Identifier, local.Modifiers),
            _ => default,
        };
        if (modifiers.Any(SyntaxKind.AsyncKeyword)
            && context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is IMethodSymbol { ReturnsVoid: true } method
            && !IsAskedFor(method)
            && !IsHandler(method)
            && !IsUsedAsDelegate(method, context.Node, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation(), method.Name));
        }
    }

    // The signature is someone else's.
    private static bool IsAskedFor(IMethodSymbol method) =>
        method.IsOverride
        || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.PartialDefinitionPart is not null
        || (method.ContainingType is { } type && type.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method)));

    // Not every toolkit derives its arguments from EventArgs, but all call them so.
    private static bool IsHandler(IMethodSymbol method) =>
        !method.Parameters.IsEmpty && method.Parameters.Last().Type.Name.EndsWith("EventArgs", StringComparison.Ordinal);

    // Named without being called: tick.Elapsed += Refresh, new Command(Save). That takes what returns nothing.
    private static bool IsUsedAsDelegate(IMethodSymbol method, SyntaxNode declaration, CancellationToken cancellationToken) =>
        Homes(method, declaration, cancellationToken)
            .SelectMany(home => home.DescendantNodes().OfType<SimpleNameSyntax>())
            .Any(name => name.Identifier.ValueText == method.Name && !IsCalled(name));

    private static IEnumerable<SyntaxNode> Homes(IMethodSymbol method, SyntaxNode declaration, CancellationToken cancellationToken) =>
        method.MethodKind == MethodKind.LocalFunction || method.ContainingType is null
            ? [declaration.Parent!]
            : method.ContainingType.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken));

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access => access.Name == name,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } => true,
        _ => false,
    };
}
