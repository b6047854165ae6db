using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>The line of a project file that gives an owner to every forgotten task of the project.</summary>
internal static class ForgottenTasks
{
    /// <summary>What the generated code needs: types that are visible in their file alone.</summary>
    public const LanguageVersion LeastLanguage = LanguageVersion.CSharp11;

    private const string OptIn = "build_property.FibulaOwnForgottenTasks";

    public static bool AreOwned(AnalyzerOptions options) => AreOwned(options.AnalyzerConfigOptionsProvider);

    public static bool AreOwned(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(OptIn, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same, by the options a file was parsed with: the opt-in lets the compiler take calls from our namespace. For the generator,
    /// which learns of the project's properties only after it has looked at the code, and must cost nothing where it has nothing to do.</summary>
    public static bool AreOwned(ParseOptions options) =>
        options.Features.TryGetValue("InterceptorsNamespaces", out string? namespaces)
        && namespaces.Contains("Fibula.Generated")
        && options is CSharpParseOptions { LanguageVersion: >= LeastLanguage };
}
