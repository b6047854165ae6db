using System.Collections.Immutable;
using CsCheck;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

/// <summary>The opt-in never breaks a build, whatever is called, and each call is owned or reported.</summary>
public sealed class SignatureTests
{
    private const int ShapesPerProject = 12;

    // What the language does not let us replace. Any other call of these shapes is owned.
    private static readonly string[] Obstacles =
    [
        "takes a pointer to a function", "type of its task is a type parameter", "member of an interface that is not public", "private method of a generic static class",
    ];

    [Fact, Trait("Behaviour", "B78")]
    public Task Call_OfAnySignature_BuildsAndIsOwnedOrReported() =>
        SignatureShape.Any.Array[ShapesPerProject].SampleAsync(CheckAsync, seed: "0000fBuLa041", iter: 20, threads: 1);

    private static async Task CheckAsync(SignatureShape[] shapes)
    {
        string code = "#pragma warning disable NEW // Some shapes are that.\n#nullable enable\n" + string.Join("\n", shapes.Select((shape, number) => shape.Source($"Type{number}")));
        using var project = new UserProject(code, RuleSettings.OptedIn);

        await project.CompileAsync();
        ImmutableArray<Diagnostic> reported = await project.FindAsync(new FIB0007UnownedCallAnalyzer());

        Assert.All(reported, found => Assert.Contains(Obstacles, obstacle => found.GetMessage().Contains(obstacle, StringComparison.Ordinal)));
    }
}
