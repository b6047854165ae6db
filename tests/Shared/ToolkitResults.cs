using System.Text.Encodings.Web;
using System.Text.Json;
using Fibula.Testing;
using Fibula.Tests.Repository;

namespace Fibula.Tests.Conformance;

/// <summary>
/// The results of the conformance suite, kept beside docs/toolkits.md: which promises each loop has kept, and which were left out and why.
/// Runs with UPDATE_DOCS=1 write the file; all others compare.
/// </summary>
internal static class ToolkitResults
{
    public const string File = "docs/toolkits.results.json";

    private static readonly Lock Gate = new();
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    /// <summary>Checks one promise on a loop. An update writes down what came of it.</summary>
    public static async Task CheckAsync(string promise, LoopHost host)
    {
        bool isKept = false;
        try
        {
            await LoopConformance.RunAsync(promise, host);
            isKept = true;
        }
        finally
        {
            Update(host, result => _ = isKept ? result.Kept.Add(promise) : result.Kept.Remove(promise));
        }
    }

    /// <summary>Checks that the file has every promise of the suite for a loop: those it keeps, and those left out with the reasons its host gives.</summary>
    public static void CheckFile(LoopHost host)
    {
        SortedSet<string> kept = [.. LoopConformance.PromisesOf(host).Select(promise => promise.Name)];
        SortedDictionary<string, string> leftOut = new(LoopConformance.Promises.Where(promise => promise.ReasonLeftOut(host) is not null)
            .ToDictionary(promise => promise.Name, promise => promise.ReasonLeftOut(host)!));
        Update(host, result =>
        {
            result.Kept.IntersectWith(kept);
            result.LeftOut = leftOut;
        });

        if (!IsUpdating)
        {
            ToolkitResult written = Read().GetValueOrDefault(host.Name, new ToolkitResult());
            Assert.True(
                kept.SetEquals(written.Kept) && leftOut.SequenceEqual(written.LeftOut),
                $"{File} is not what a run on {host.Name} gives. Run eng/docs.sh toolkits.");
        }
    }

    public static SortedDictionary<string, ToolkitResult> Read() =>
        System.IO.File.Exists(SourceTree.PathOf(File))
            ? JsonSerializer.Deserialize<SortedDictionary<string, ToolkitResult>>(SourceTree.Read(File), Json)!
            : [];

    private static void Update(LoopHost host, Action<ToolkitResult> change)
    {
        if (!IsUpdating)
        {
            return;
        }

        lock (Gate)
        {
            SortedDictionary<string, ToolkitResult> results = Read();
            results.TryAdd(host.Name, new ToolkitResult());
            change(results[host.Name]);
            System.IO.File.WriteAllText(SourceTree.PathOf(File), JsonSerializer.Serialize(results, Json) + "\n");
        }
    }
}
