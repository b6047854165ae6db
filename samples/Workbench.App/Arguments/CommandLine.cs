namespace Workbench;

/// <summary>What the user typed after the program's name.</summary>
public sealed class CommandLine
{
    internal CommandLine()
    {
    }

    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Finds files with equal content.

        Usage: workbench [--ui terminal|plain] [--json] [--min-size BYTES] FOLDER...

          FOLDER               a folder to scan, with all folders below it; without one, the current folder
          --ui terminal|plain  the terminal screen, or plain text; default: the screen when there is a terminal
          --json               plain, with one JSON object per line on standard output
          --min-size BYTES     look at no file smaller than this: 4096, 64K, 10M, 1G
          --                   what follows is a folder, even if it begins with '-'
          --help, --version    tell about the program and do nothing

        Exit codes: 0 done, 1 a folder could not be scanned at all, 2 wrong usage, 130 or 143 ended by a signal.
        """;

    /// <summary>What is wrong and what to type instead, in a sentence; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether to print <see cref="Help"/> and nothing else.</summary>
    public bool ShowsHelp { get; internal set; }

    /// <summary>Whether to print the version and nothing else.</summary>
    public bool ShowsVersion { get; internal set; }

    /// <summary>The face to show.</summary>
    public UiChoice Ui { get; internal set; }

    /// <summary>Whether standard output is JSON Lines.</summary>
    public bool Json { get; internal set; }

    /// <summary>The size of the smallest file to look at.</summary>
    public long MinSize { get; internal set; } = 1;

    /// <summary>The folders to scan: at least one.</summary>
    public IReadOnlyList<string> Folders { get; internal set; } = ["."];

    /// <summary>Understands the arguments, or says in <see cref="Problem"/> why it can't.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        try
        {
            return new CommandLineParser(arguments).Parse();
        }
        catch (UsageException mistake)
        {
            return new CommandLine { Problem = mistake.Message };
        }
    }
}
