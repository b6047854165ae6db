using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0008NoEffectTests
{
    private const string Code = "class Clock { }";

    [Theory]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    public async Task Rule_BelowTheVersionThatIsNeeded_SaysWhichAndWhatToDo(LanguageVersion language, string name) =>
        Assert.Equal(
            [$"FibulaOwnForgottenTasks has no effect in this project: it needs C# 11.0, and this project is set to C# {name}. Set LangVersion to 11.0 or later, or remove it."],
            await MessagesAsync(With(language)));

    [Fact]
    public async Task Rule_WhereTheCompilerWasNotTold_SaysSo() =>
        Assert.Equal(
            ["FibulaOwnForgottenTasks has no effect in this project: the compiler is not allowed to take calls from 'Fibula.Generated'. Import the targets of the package Fibula, or add the namespace to InterceptorsNamespaces."],
            await MessagesAsync(new RuleSettings { BuildProperties = RuleSettings.OptedIn.BuildProperties }));

    [Fact]
    public async Task Rule_WithoutTheAssembly_SaysSo() =>
        Assert.Equal(
            ["FibulaOwnForgottenTasks has no effect in this project: it references no 'Fibula.CompilerServices.ForgottenTask'. Reference the package Fibula with its assembly, in a project for .NET 10 or later."],
            await MessagesAsync(With(LanguageVersion.Preview, hasFibula: false)));

    [Theory]
    [InlineData(LanguageVersion.CSharp11, true)]
    [InlineData(LanguageVersion.Preview, true)]
    [InlineData(LanguageVersion.CSharp10, false)]
    public async Task Rule_Otherwise_IsSilent(LanguageVersion language, bool optedIn) => Assert.Empty(await MessagesAsync(With(language, optedIn)));

    private static RuleSettings With(LanguageVersion language, bool optedIn = true, bool hasFibula = true) => new()
    {
        Language = language,
        BuildProperties = { ["FibulaOwnForgottenTasks"] = optedIn ? "true" : "false" },
        Features = RuleSettings.OptedIn.Features,
        HasFibula = hasFibula,
    };

    private static Task<string[]> MessagesAsync(RuleSettings settings) => new RuleCheck(new FIB0008NoEffectAnalyzer(), ordinary: settings).MessagesAsync(Code);
}
