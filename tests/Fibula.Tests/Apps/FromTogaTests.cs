using System.Text.RegularExpressions;
using Fibula.Tests.Repository;

namespace Fibula.Tests.Apps;

public sealed partial class FromTogaTests
{
    [Fact]
    public async Task Sample_RunToItsEnd_GoesThroughTheWholeStory()
    {
        string[] lines = await SampleProgram.RunAsync("FromToga");

        Assert.Equal(
            [
                "-- SetOfTasksApp", "Saved.", "All finished.",
                "-- StartupApp", "Startup has the first word.", "Refreshing; on the UI thread: True.",
                "Posted from Startup, runs second.", "Refreshed; still on the UI thread: True.", "All finished.",
                "-- OnRunningApp", "3 …", "2 …", "1 …", "May leave (Requested).", "All finished.",
                "-- BackgroundTaskApp", "The old handler got its app.", "The new handler needs none.", "All finished.",
            ],
            lines.Select(line => ReportOfSuccess.Replace(line, "All finished.")));
    }

    [Fact]
    public async Task Sample_RunToItsEnd_PrintsWhatTheGuideShows()
    {
        string output = string.Join('\n', await SampleProgram.RunAsync("FromToga"));

        string[] shown = [.. TextBlock.Matches(SourceTree.Read("docs/guide/from-toga.md")).Select(block => block.Groups["text"].Value)];

        Assert.NotEmpty(shown);
        Assert.All(shown, text => Assert.Contains($"\n{text}", output, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(\d+) tasks: \1 finished, 0 canceled, 0 survivors, 0 lost, 0 failed$")]
    private static partial Regex ReportOfSuccess { get; }

    [GeneratedRegex("^```text\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TextBlock { get; }
}
