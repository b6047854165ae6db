using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>
/// The line of a project file that gives an owner to every forgotten task of the project: whether it is there, whether it has an effect, and whether
/// a call got its owner. Rules and suppressors ask the compiler for what was generated, and never guess it.
/// </summary>
internal static class ForgottenTasks
{
    /// <summary>What the generated code needs: types that are visible in their file alone.</summary>
    public const LanguageVersion LeastLanguage = LanguageVersion.CSharp11;

    /// <summary>The namespace of what is generated, which the compiler must be told to take calls from.</summary>
    public const string Namespace = "Fibula.Generated";

    /// <summary>The builder of <c>async void</c> that a project gets which owns its forgotten tasks.</summary>
    private const string Builder = "System.Runtime.CompilerServices.AsyncVoidMethodBuilder";

    private const string OptIn = "build_property.FibulaOwnForgottenTasks";

    /// <summary>The project asks for it.</summary>
    public static bool AreAskedFor(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(OptIn, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The project has what the generator gives it.</summary>
    public static bool AreOwned(Compilation compilation) => compilation.Assembly.GetTypeByMetadataName(Builder) is not null;

    /// <summary>The call was replaced by one that hands its task to a scope.</summary>
    public static bool Own(IInvocationOperation call, CancellationToken cancellationToken) =>
        call is { Syntax: InvocationExpressionSyntax syntax, SemanticModel: { } model } && Own(syntax, model, cancellationToken);

    /// <inheritdoc cref="Own(IInvocationOperation, CancellationToken)"/>
    public static bool Own(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetInterceptorMethod(call, cancellationToken)?.ContainingNamespace.ToDisplayString() == Namespace;

    /// <summary>By the options a file was parsed with: the opt-in lets the compiler take calls from our namespace. For the generator,
    /// which learns of the project's properties only after it has looked at the code, and must cost nothing where it has nothing to do.</summary>
    public static bool CanBeOwned(ParseOptions options) => LetsCallsBeReplaced(options) && KnowsTheLanguage(options);

    /// <summary>Why nothing can be owned in a project that asks for it, as the end of a sentence; null if it can.</summary>
    public static string? Obstacle(Compilation compilation)
    {
        ParseOptions? options = compilation.SyntaxTrees.FirstOrDefault()?.Options;
        if (options is CSharpParseOptions { LanguageVersion: < LeastLanguage and var language })
        {
            string least = LeastLanguage.ToDisplayString();
            return $"it needs C# {least}, and this project is set to C# {language.ToDisplayString()}. Set LangVersion to {least} or later, or remove it.";
        }

        return options is not null && !LetsCallsBeReplaced(options)
            ? $"the compiler is not allowed to take calls from '{Namespace}'. Import the targets of the package Fibula, or add the namespace to InterceptorsNamespaces."
            : !IsThere(compilation)
                ? "it references no 'Fibula.CompilerServices.ForgottenTask'. Reference the package Fibula with its assembly, in a project for .NET 10 or later."
                : null;
    }

    /// <summary>What generated code calls is referenced.</summary>
    public static bool IsThere(Compilation compilation) => compilation.GetTypeByMetadataName("Fibula.CompilerServices.ForgottenTask") is not null;

    private static bool LetsCallsBeReplaced(ParseOptions options) =>
        options.Features.TryGetValue("InterceptorsNamespaces", out string? namespaces) && namespaces.Contains(Namespace);

    private static bool KnowsTheLanguage(ParseOptions options) => options is CSharpParseOptions { LanguageVersion: >= LeastLanguage };
}
