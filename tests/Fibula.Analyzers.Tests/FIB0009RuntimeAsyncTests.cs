namespace Fibula.Analyzers.Tests;

public sealed class FIB0009RuntimeAsyncTests
{
    [Theory]
    [InlineData("on")]
    [InlineData("true")]
    public async Task Rule_WithRuntimeAsync_SaysWhatStillWorksAndWhatDoesNot(string value)
    {
        string[] messages = await MessagesAsync(value, optedIn: true);

        Assert.Equal(
            ["Runtime-async is on: dropped calls and async void methods are owned as before, but the leak finder of Fibula.Testing is blind to the other async methods of this project, since the runtime tells of none that is collected"],
            messages);
    }

    [Theory]
    [InlineData("on", false)]
    [InlineData("off", true)]
    [InlineData(null, true)]
    public async Task Rule_Otherwise_IsSilent(string? value, bool optedIn) => Assert.Empty(await MessagesAsync(value, optedIn));

    private static Task<string[]> MessagesAsync(string? value, bool optedIn)
    {
        RuleSettings settings = optedIn ? RuleSettings.OptedIn : new RuleSettings();
        if (value is not null)
        {
            settings.Features["runtime-async"] = value;
        }

        return new RuleCheck(new FIB0009RuntimeAsyncAnalyzer(), ordinary: settings).MessagesAsync("class Clock { }");
    }
}
