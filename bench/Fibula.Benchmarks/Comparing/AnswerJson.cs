using System.Text.Json.Nodes;

namespace Fibula.Benchmarks;

/// <summary>The answers for scripts: an array of objects, one per comparison.</summary>
internal static class AnswerJson
{
    public static string Write(IEnumerable<Answer> answers) =>
        new JsonArray([.. answers.Select(Write)]).ToJsonString();

    private static JsonNode Write(Answer answer)
    {
        bool hasPeer = answer.Comparison.Peer is not null;
        return new JsonObject
        {
            ["question"] = answer.Comparison.Question,
            ["peer"] = answer.Comparison.Peer?.Name,
            ["ours_ns"] = Math.Round(answer.Ours.Nanoseconds, 1),
            ["peer_ns"] = hasPeer ? Math.Round(answer.Peer.Nanoseconds, 1) : null,
            ["ratio"] = hasPeer ? Math.Round(answer.Ratio, 3) : null,
            ["ours_bytes"] = Math.Round(answer.Ours.Bytes, 1),
            ["peer_bytes"] = hasPeer ? Math.Round(answer.Peer.Bytes, 1) : null,
            ["note"] = answer.Comparison.Note?.Invoke(),
            ["goal"] = answer.Comparison.Goal.Text,
            ["met"] = answer.IsMet,
        };
    }
}
