using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbench;

/// <summary>The result as one line of JSON, for programs.</summary>
public static class JsonReport
{
    // Standard output is no web page: paths stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with <c>{"event":"result",…}</c>, without a line end.</summary>
    public static string Format(ScanResult result)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            Write(json, result);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, ScanResult result)
    {
        json.WriteStartObject();
        json.WriteString("event", "result");
        json.WriteString("root", result.Root);
        json.WriteNumber("files", result.Files);
        json.WriteNumber("bytes", result.Bytes);
        WriteGroups(json, result.Groups);
        json.WriteNumber("wasted_bytes", result.WastedBytes);
        WriteSkipped(json, result.Skipped);
        json.WriteBoolean("canceled", result.Canceled);
        json.WriteEndObject();
    }

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
