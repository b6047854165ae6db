using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbench;

/// <summary>One object of JSON on one line.</summary>
internal static class JsonLine
{
    // Standard output is no web page: paths stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with the object, without a line end.</summary>
    /// <param name="eventName">The value of its first member, "event".</param>
    /// <param name="writeMembers">Writes the other members.</param>
    public static string Of(string eventName, Action<Utf8JsonWriter> writeMembers)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("event", eventName);
            writeMembers(json);
            json.WriteEndObject();
        }

        // What that encoder leaves as it is may still steer a terminal. It stands inside strings alone, where \u and four digits mean the same.
        return VisibleText.Of(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
