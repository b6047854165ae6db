using System.Diagnostics;
using System.Text.RegularExpressions;
using Fibula.Tests.Repository;

namespace Fibula.Tests.Conformance;

/// <summary>A program of samples/Story, in a process of its own. What it prints is the same on every toolkit, and stands in docs/story.txt.</summary>
internal static partial class StoryProgram
{
    private const string File = "docs/story.txt";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The folder of a program, beside that of the tests: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string FolderOf(string project) =>
        AppContext.BaseDirectory.Replace(typeof(StoryProgram).Assembly.GetName().Name!, project, StringComparison.Ordinal);

    /// <summary>Runs it to its end, used meanwhile by whoever has to.</summary>
    public static async Task CheckAsync(ProcessStartInfo start, Func<Process, Task>? useAsync = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        using var program = Process.Start(start)!;
        Task used = useAsync?.Invoke(program) ?? Task.CompletedTask;
        Task<string> telling = program.StandardOutput.ReadToEndAsync().WaitAsync(Patience, TimeProvider.System);
        await used.WaitAsync(Patience, TimeProvider.System);
        string said = await telling;
        await program.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);

        string told = ThreadNumber().Replace(said.ReplaceLineEndings("\n"), "*");
        if (ToolkitResults.IsUpdating)
        {
            System.IO.File.WriteAllText(SourceTree.PathOf(File), told);
        }

        Assert.Equal(SourceTree.Read(File), told);
        Assert.Equal(0, program.ExitCode);
    }

    [GeneratedRegex(@"\d+$", RegexOptions.Multiline)]
    private static partial Regex ThreadNumber();
}
