using System.Text.Json;

namespace Workbench;

public sealed class JsonScreenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_EachLine_IsAnObjectWithAnEvent()
    {
        _folder.Write("日本 \n \"quoted\"", "same");
        _folder.Write("2", "same");

        IReadOnlyList<JsonElement> events = await RunAsync(_folder.Path);

        Assert.Equal(["task", "result", "closed"], events.Select(NameOf).Distinct());
        Assert.Equal("closed", NameOf(events[^1]));
    }

    [Fact]
    public async Task Json_OfEachTask_TellsEveryStateInOrder()
    {
        _folder.Write("1", "x");

        IReadOnlyList<JsonElement> events = await RunAsync(_folder.Path);

        var states = events.Where(line => NameOf(line) == "task").ToLookup(line => Text(line, "name"), line => Text(line, "state"));
        Assert.Equal([$"Scan {_folder.Path}", "OnRunningAsync"], states.Select(task => task.Key));
        Assert.All(states, task => Assert.Equal(["Queued", "Running", "Succeeded"], task));
    }

    [Fact]
    public async Task Json_Result_AddsUp()
    {
        _folder.Write("b/1", "same");
        _folder.Write("b/2", "same");
        _folder.Write("a/1", new byte[100]);
        _folder.Write("a/2", new byte[100]);
        _folder.Write("a/3", new byte[100]);
        _folder.Write("empty", "");

        IReadOnlyList<JsonElement> events = await RunAsync(_folder.Path);

        JsonElement result = Assert.Single(events, line => NameOf(line) == "result");
        JsonElement[] groups = [.. result.GetProperty("duplicate_groups").EnumerateArray()];
        Assert.Equal((_folder.Path, 5, 308), (Text(result, "root"), Number(result, "files"), Number(result, "bytes")));
        Assert.Equal([_folder["a/1"], _folder["b/1"]], groups.Select(group => group.GetProperty("paths")[0].GetString()));
        Assert.Equal(Number(result, "wasted_bytes"), groups.Sum(group => Number(group, "size") * (group.GetProperty("paths").GetArrayLength() - 1)));
        Assert.Equal(_folder["empty"], Text(Assert.Single(result.GetProperty("skipped").EnumerateArray()), "path"));
        Assert.False(result.GetProperty("canceled").GetBoolean());
    }

    [Fact]
    public async Task Json_Closed_CountsTheTasksThatWereTold()
    {
        _folder.Write("a/1", "x");
        _folder.Write("b/1", "x");

        IReadOnlyList<JsonElement> events = await RunAsync(_folder["a"], _folder["b"]);

        JsonElement closed = events[^1];
        int told = events.Where(line => NameOf(line) == "task").DistinctBy(line => Text(line, "name")).Count();
        Assert.Equal((told, told, 0), (Number(closed, "tasks"), Number(closed, "finished"), Number(closed, "canceled")));
        Assert.Equal((0, 0, 0), (closed.GetProperty("survivors").GetArrayLength(), Number(closed, "lost"), Number(closed, "faults")));
    }

    private static async Task<IReadOnlyList<JsonElement>> RunAsync(params string[] folders)
    {
        Outcome outcome = await WorkbenchProcess.RunAsync(["--json", .. folders]);
        Assert.Equal(0, outcome.ExitCode);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    private static string NameOf(JsonElement line) => Text(line, "event");

    private static string Text(JsonElement line, string member) => line.GetProperty(member).GetString()!;

    private static long Number(JsonElement line, string member) => line.GetProperty(member).GetInt64();
}
