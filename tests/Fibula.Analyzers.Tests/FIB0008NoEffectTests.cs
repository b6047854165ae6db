using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0008LanguageTests
{
    private const string Code = "class Clock { }";

    [Theory]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    public async Task Rule_BelowTheVersionThatIsNeeded_SaysWhichAndWhatToDo(LanguageVersion language, string name)
    {
        string[] messages = await Check(language, optedIn: true).MessagesAsync(Code);

        Assert.Equal(
            [$"FibulaOwnForgottenTasks needs C# 11.0, and this project is set to C# {name}: nothing forgotten would be owned. Set LangVersion to 11.0 or later, or remove it."],
            messages);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11, true)]
    [InlineData(LanguageVersion.Preview, true)]
    [InlineData(LanguageVersion.CSharp10, false)]
    public async Task Rule_Otherwise_IsSilent(LanguageVersion language, bool optedIn) =>
        Assert.Empty(await Check(language, optedIn).MessagesAsync(Code));

    private static RuleCheck Check(LanguageVersion language, bool optedIn) => new(new FIB0008LanguageAnalyzer(), ordinary: new RuleSettings
    {
        Language = language,
        BuildProperties = { ["FibulaOwnForgottenTasks"] = optedIn ? "true" : "false" },
    });
}
