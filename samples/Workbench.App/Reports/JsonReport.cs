using System.Text.Json;

namespace Workbench;

/// <summary>The result as one line of JSON, for programs.</summary>
public static class JsonReport
{
    /// <summary>Answers with <c>{"event":"result",…}</c>, without a line end.</summary>
    public static string Format(ScanResult result) => JsonLine.Of("result", json =>
    {
        json.WriteString("root", result.Root);
        json.WriteNumber("files", result.Files);
        json.WriteNumber("bytes", result.Bytes);
        WriteGroups(json, result.Groups);
        json.WriteNumber("wasted_bytes", result.WastedBytes);
        WriteSkipped(json, result.Skipped);
        json.WriteBoolean("canceled", result.Canceled);
    });

    private static void WriteGroups(Utf8JsonWriter json, IEnumerable<DuplicateGroup> groups)
    {
        json.WriteStartArray("duplicate_groups");
        foreach (DuplicateGroup group in groups)
        {
            json.WriteStartObject();
            json.WriteNumber("size", group.Size);
            json.WriteStartArray("paths");
            foreach (string path in group.Paths)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSkipped(Utf8JsonWriter json, IEnumerable<SkippedPath> skipped)
    {
        json.WriteStartArray("skipped");
        foreach (SkippedPath path in skipped)
        {
            json.WriteStartObject();
            json.WriteString("path", path.Path);
            json.WriteString("why", path.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
