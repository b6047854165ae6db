using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>The line of a project file that gives an owner to every forgotten task of the project.</summary>
internal static class ForgottenTasks
{
    private const string OptIn = "build_property.FibulaOwnForgottenTasks";

    public static bool AreOwned(AnalyzerOptions options) => AreOwned(options.AnalyzerConfigOptionsProvider);

    public static bool AreOwned(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(OptIn, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
