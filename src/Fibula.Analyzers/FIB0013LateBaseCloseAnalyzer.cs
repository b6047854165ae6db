using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A window that overrides its closing and calls the base class only after an <c>await</c>, or never: nobody is asked in time whether it may close.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0013LateBaseCloseAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0013",
        title: "A window closes without its base class",
        messageFormat: "'{0}' {1}, so the window can close under its running tasks, and nobody is asked. Call base.{0} before anything is awaited.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> Closings =
    [
        "System.Windows.Forms.Form.OnFormClosing",
        "System.Windows.Window.OnClosing",
        "Avalonia.Controls.Window.OnClosing",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) => LookAt(start, [SyntaxKind.MethodDeclaration], Check);

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method.Identifier.ValueText is "OnFormClosing" or "OnClosing"
            && method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol
            && IsClosing(symbol)
            && Complaint(method) is { } complaint)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, method.Identifier.GetLocation(), method.Identifier.ValueText, complaint));
        }
    }

    private static bool IsClosing(IMethodSymbol method)
    {
        IMethodSymbol root = method;
        while (root.OverriddenMethod is { } overridden)
        {
            root = overridden;
        }

        return Closings.Contains($"{root.ContainingType.ToDisplayString()}.{root.Name}");
    }

    // By the order of the text. What stands in a function inside runs at a time of its own.
    private static string? Complaint(MethodDeclarationSyntax method)
    {
        List<SyntaxNode> steps = [.. method.DescendantNodes(inside => inside is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))];
        int firstCall = steps.Where(step => IsBaseCall(step, method.Identifier.ValueText)).Select(step => step.SpanStart).DefaultIfEmpty(int.MaxValue).First();
        int firstWait = steps.Where(IsWait).Select(step => step.SpanStart).DefaultIfEmpty(int.MaxValue).First();
        return firstCall == int.MaxValue ? "never calls its base method"
            : firstWait < firstCall ? "calls its base method only after an await"
            : null;
    }

    private static bool IsBaseCall(SyntaxNode node, string name) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax, Name.Identifier.ValueText: var called } } && called == name;

    private static bool IsWait(SyntaxNode node) =>
        node is AwaitExpressionSyntax
        || (node is CommonForEachStatementSyntax each && each.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword))
        || (node is UsingStatementSyntax with && with.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword));
}
