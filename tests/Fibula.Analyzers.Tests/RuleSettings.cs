using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers.Tests;

/// <summary>In what kind of project a rule is tried.</summary>
internal sealed class RuleSettings
{
    public static RuleSettings Default { get; } = new();

    /// <summary>What the project file says, by the name of the property.</summary>
    public Dictionary<string, string> BuildProperties { get; init; } = [];

    /// <summary>With the line that gives an owner to every forgotten task.</summary>
    public static RuleSettings OptedIn => new()
    {
        BuildProperties = { ["FibulaOwnForgottenTasks"] = "true" },
        Features = { ["InterceptorsNamespaces"] = "Fibula.Generated" },
    };

    // Preview: Roslyn 4.14 knows extension properties, but not yet under the name C# 14.
    public LanguageVersion Language { get; init; } = LanguageVersion.Preview;

    /// <summary>What the property Features says, by name.</summary>
    public Dictionary<string, string> Features { get; init; } = [];

    public OutputKind Output { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public bool HasFibula { get; init; } = true;

    /// <summary>Code that another generator adds, by the name of its file.</summary>
    public Dictionary<string, string> Generated { get; init; } = [];

    public string FileName { get; init; } = "Window.cs";
}
