using System.Text.RegularExpressions;
using Fibula.Tests.Structure;

namespace Fibula.Tests.Conformance;

/// <summary>What samples/Story prints, which is the same on every toolkit. It stands in docs/story.txt.</summary>
internal static partial class StoryOutput
{
    public static void CheckIsTheSame(string said)
    {
        string path = Path.Combine(Repository.Root, "docs", "story.txt");
        string told = ThreadNumber().Replace(said.ReplaceLineEndings("\n"), "*");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, told);
        }

        Assert.Equal(File.ReadAllText(path), told);
    }

    [GeneratedRegex(@"\d+$", RegexOptions.Multiline)]
    private static partial Regex ThreadNumber();
}
