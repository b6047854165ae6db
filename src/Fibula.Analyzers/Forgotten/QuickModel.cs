using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>A semantic model that does not follow what is null. The usual one does so for a whole method before it answers any question about it:
/// more than ten times the work, and nothing that is asked here depends on it.</summary>
internal static class QuickModel
{
    public static SemanticModel Of(SemanticModel usual)
    {
        try
        {
            return WithoutNullability(usual);
        }
        catch (MissingMethodException)
        {
            // A later compiler without this option: slower, and not less.
            return usual;
        }
    }

    // A method of its own: where the option is missing, it is this one that cannot be compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SemanticModel WithoutNullability(SemanticModel usual) =>
#pragma warning disable RSEXPERIMENTAL001 // It has been in every compiler since 4.8, and we do without it where it is missing.
        usual.Compilation.GetSemanticModel(usual.SyntaxTree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
}
