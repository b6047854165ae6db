using System.Text.Json;

namespace Workbench;

public sealed class JsonReportTests
{
    [Fact]
    public void Format_AResult_WritesTheContractsLine()
    {
        var result = new ScanResult
        {
            Root = "/r",
            Files = 3,
            Bytes = 30,
            Groups = [Groups.Of(10, "/r/b", "/r/a")],
            Skipped = [new SkippedPath("/r/c", SkipReason.Empty, "It is empty.")],
        };

        Assert.Equal(
            """{"event":"result","root":"/r","files":3,"bytes":30,"duplicate_groups":[{"size":10,"paths":["/r/a","/r/b"]}]"""
            + ""","wasted_bytes":10,"skipped":[{"path":"/r/c","why":"It is empty."}],"canceled":false}""",
            JsonReport.Format(result));
    }

    [Fact]
    public void Format_NamesWithLineEndsAndWideCharacters_StaysOneReadableLine()
    {
        string line = JsonReport.Format(new ScanResult { Root = "/写真\n\"😀\"", Canceled = true });

        Assert.DoesNotContain('\n', line);
        Assert.Contains("写真", line);
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("/写真\n\"😀\"", json.GetProperty("root").GetString());
        Assert.True(json.GetProperty("canceled").GetBoolean());
    }

    [Theory]
    [InlineData("\e[2J")]
    [InlineData("\a\u007f")]
    [InlineData("\u0085\u009b31m")]
    [InlineData("\u061c\u200e\u200f")]
    [InlineData("\u202a\u202e\u2066\u2069")]
    [InlineData("\u2028\u2029")]
    public void Format_NamesThatWouldSteerATerminal_EscapesThem(string name)
    {
        string line = JsonReport.Format(new ScanResult { Root = $"/{name}\\", Skipped = [new SkippedPath($"/{name}", SkipReason.Empty, name)] });

        Assert.DoesNotContain(line, character => !char.IsAscii(character) || char.IsControl(character));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal($"/{name}\\", json.GetProperty("root").GetString());
        Assert.Equal(name, json.GetProperty("skipped")[0].GetProperty("why").GetString());
    }
}
