using System.Text.Json;

namespace Workbench;

/// <summary>Names that clear the screen, ring, turn text around and begin a line of their own.</summary>
public sealed class SteeringNameTests : IDisposable
{
    private const string Name = "a\e[2J\e]0;title\a\u009b31m\u202efdp\u200f\r\nworkbench: All is well.";
    private const string Seen = @"a\u001B[2J\u001B]0;title\u0007\u009B31m\u202Efdp\u200F\u000D\u000Aworkbench: All is well.";

    private readonly TempFolder _folder = new();

    public SteeringNameTests()
    {
        _folder.Write($"{Name}/1{Name}", "same");
        _folder.Write($"{Name}/2{Name}", "same");
        File.CreateSymbolicLink(_folder[$"{Name}/broken{Name}"], "nowhere");
    }

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Plain_ShowsThemWithoutTheirEffect()
    {
        Outcome outcome = await WorkbenchProcess.RunAsync("--ui", "plain", _folder[Name], _folder[$"missing{Name}"]);

        AssertSteersNothing(outcome.Output + outcome.Errors);
        Assert.Contains($"  {_folder.Path}/{Seen}/1{Seen}\n", outcome.Output);
        Assert.Contains($"  {_folder.Path}/{Seen}/broken{Seen}: ", outcome.Output);
        Assert.Contains($"workbench: There is no folder '{_folder.Path}/missing{Seen}'.", outcome.Errors);
    }

    [LinuxFact]
    public async Task Json_WritesThemEscapedAndWhole()
    {
        Outcome outcome = await WorkbenchProcess.RunAsync("--json", _folder[Name], _folder[$"missing{Name}"]);

        AssertSteersNothing(outcome.Output + outcome.Errors);
        JsonElement result = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .First(line => line.TryGetProperty("root", out JsonElement root) && root.GetString() == _folder[Name]);
        Assert.Equal(_folder[$"{Name}/1{Name}"], result.GetProperty("duplicate_groups")[0].GetProperty("paths")[0].GetString());
    }

    private static void AssertSteersNothing(string written) =>
        Assert.DoesNotContain(written, character => character != '\n' && (char.IsControl(character) || character is '\u202e' or '\u200f'));
}
