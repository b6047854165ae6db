using System.Collections.Immutable;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

    [Theory, Trait("Behaviour", "B78")]
    [InlineData("class", "class")]
    [InlineData("class?", "class?")]
    [InlineData("notnull", "notnull")]
    [InlineData("struct", "struct")]
    [InlineData("unmanaged", "unmanaged")]
    [InlineData("new()", "new()")]
    [InlineData("allows ref struct", "allows ref struct")]
    [InlineData("class, IDisposable?, new()", "class, global::System.IDisposable?, new()")]
    [InlineData("struct, Enum", "struct, global::System.Enum")]
    [InlineData("List<TOuter[]>?", "global::System.Collections.Generic.List<T0[]>?")]
    public async Task Constraint_OfANestedType_IsThatOfItsInterceptor(string constraint, string expected)
    {
        string code =
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;

            public class Outer<TOuter>
            {
                public class Inner<T>
                    where T : {{constraint}}
                {
                    public static Task SaveAsync() => Task.CompletedTask;

                    public void Save() => SaveAsync();
                }
            }
            """;
        using var project = new UserProject(code, RuleSettings.OptedIn);

        Compilation compilation = await project.CompileAsync();

        Assert.Contains($"Call0<T0, T1>() where T1 : {expected}\n", GeneratedCallsOf(compilation));
    }

    [Fact]
    public async Task Interceptor_TellsTheTrimmerWhatTheMethodTellsIt()
    {
        const string Code =
            """
            using System.Diagnostics.CodeAnalysis;
            using System.Threading.Tasks;

            public static class Store
            {
                [RequiresUnreferencedCode("It \"reflects\".")]
                public static Task SaveAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>(
                    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] this System.Type type, T value) => Task.CompletedTask;

                public static void Save() => typeof(int).SaveAsync("");
            }
            """;
        using var project = new UserProject(Code, RuleSettings.OptedIn);

        Compilation compilation = await project.CompileAsync();

        string members = "[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembersAttribute((global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes)";
        Assert.Contains(
            $"[global::System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute(\"It \\\"reflects\\\".\")] public static global::System.Threading.Tasks.Task Call0<{members}(8))] T0>({members}(-1))] this global::System.Type fibula_0, T0 fibula_1)",
            GeneratedCallsOf(compilation));
    }

    [Theory, Trait("Behaviour", "B78")]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    public async Task Call_OfANewMethod_BuildsInAnOlderLanguage(LanguageVersion language)
    {
        const string Code =
            """
            using System.Collections.Concurrent;
            using System.Threading.Tasks;

            internal class Cache
            {
                private readonly ConcurrentDictionary<int, Task> _pages = new();

                public void Load<T>(int page, T argument) => _pages.GetOrAdd(page, (_, _) => Task.CompletedTask, argument);

                public void Load(int page) => _pages.GetOrAdd(page, (_, _) => Task.CompletedTask, "");
            }
            """;
        var settings = new RuleSettings { Language = language, BuildProperties = RuleSettings.OptedIn.BuildProperties, Features = RuleSettings.OptedIn.Features };
        using var project = new UserProject(Code, settings);

        Assert.Empty(await project.FindAsync(new FIB0007UnownedCallAnalyzer()));
    }

    private static string GeneratedCallsOf(Compilation compilation) => compilation.SyntaxTrees
        .Single(tree => tree.FilePath.EndsWith("FibulaForgottenCalls.g.cs", StringComparison.Ordinal)).ToString().ReplaceLineEndings("\n");

    private static async Task CheckAsync(SignatureShape[] shapes)
    {
        string code = "#pragma warning disable NEW // Some shapes are that.\n#nullable enable\n" + string.Join("\n", shapes.Select((shape, number) => shape.Source($"Type{number}")));
        using var project = new UserProject(code, RuleSettings.OptedIn);

        await project.CompileAsync();
        ImmutableArray<Diagnostic> reported = await project.FindAsync(new FIB0007UnownedCallAnalyzer());

        Assert.All(reported, found => Assert.Contains(Obstacles, obstacle => found.GetMessage().Contains(obstacle, StringComparison.Ordinal)));
    }
}
