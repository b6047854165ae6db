using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Workbench;

/// <summary>The arguments of the program.</summary>
public sealed class CommandLine
{
    private const string Name = "workbench";

    private static readonly Argument<string[]> FolderArgument = new("FOLDER")
    {
        Description = "A folder to scan, with all folders below it; without one, the current folder. After -- even a name that begins with '-' is a folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<UiChoice> UiOption = new("--ui")
    {
        Description = "The terminal screen, or plain text. Default: the screen when there is a terminal.",
        HelpName = "terminal|plain",
        CustomParser = ToUi,
    };

    private static readonly Option<bool> JsonOption = new("--json")
    {
        Description = "Plain, with one JSON object per line on standard output.",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<long> MinSizeOption = new("--min-size")
    {
        Description = "Look at no file smaller than this: 4096, 64K, 10M, 1G.",
        HelpName = "BYTES",
        CustomParser = SizeArgument.Parse,
        DefaultValueFactory = static _ => 1,
    };

    // Not a RootCommand, which would take a folder '@name' for a file of arguments, and '/h' for the help.
    private static readonly Command Command = new(
        Name,
        "Finds files with equal content.\nExit codes: 0 done, 1 a folder could not be scanned at all, 2 wrong usage, 130 or 143 ended by a signal.")
    {
        FolderArgument, UiOption, JsonOption, MinSizeOption, new HelpOption("--help", "-h"), new VersionOption(),
    };

    private readonly ParseResult _parsed;

    private CommandLine(IReadOnlyList<string> arguments)
    {
        // The parser takes a first argument that is the program's name for just that.
        _parsed = Command.Parse([Name, .. arguments], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

        // And a first one in brackets for a directive. There are none here.
        IEnumerable<Token> folders = _parsed.Tokens.Where(static token => token.Type == TokenType.Directive).Concat(_parsed.GetResult(FolderArgument)?.Tokens ?? []);
        Folders = [.. folders.Select(static token => token.Value).DefaultIfEmpty(".")];
        Problem = IsQuestion ? null : FindProblem(arguments);
    }

    /// <summary>A sentence that names the mistake and the right thing to type; null if there is no mistake.</summary>
    public string? Problem { get; }

    /// <summary>Whether the user asks for the help or the version: call <see cref="Answer"/>, and scan nothing.</summary>
    public bool IsQuestion => _parsed.Action is not (null or ParseErrorAction);

    /// <summary>The face to show.</summary>
    public UiChoice Ui => _parsed.GetValue(UiOption);

    /// <summary>Whether standard output is JSON Lines.</summary>
    public bool Json => _parsed.GetValue(JsonOption);

    /// <summary>The size of the smallest file to look at.</summary>
    public long MinSize => _parsed.GetValue(MinSizeOption);

    /// <summary>The folders to scan: at least one.</summary>
    public IReadOnlyList<string> Folders { get; internal set; }

    /// <summary>Understands the arguments, or says in <see cref="Problem"/> why it can't.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments) => new(arguments);

    /// <summary>Prints the help or the version.</summary>
    /// <returns>The exit code.</returns>
    /// <remarks>Without a time limit, the parser leaves the signals to the app.</remarks>
    public int Answer() => _parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });

    private static UiChoice ToUi(ArgumentResult value)
    {
        string name = value.Tokens[0].Value;
        if (name is not ("terminal" or "plain"))
        {
            value.AddError($"There is no user interface '{name}'. Type --ui terminal or --ui plain.");
        }

        return name == "terminal" ? UiChoice.Terminal : UiChoice.Plain;
    }

    private string? FindProblem(IReadOnlyList<string> arguments) =>
        FindUnknown(arguments)
        ?? (_parsed.Errors is [var error, ..] ? $"{error.Message}{HintFor(error)}" : null)
        ?? (Json && Ui == UiChoice.Terminal ? "--json writes for programs and --ui terminal draws for people. Leave one of them out." : null)
        ?? (Folders.Contains("") ? "A folder's name is empty. Type '.' for the current folder." : null)
        ?? (Folders.All(Path.IsPathFullyQualified) || HasCurrentFolder() ? null
            : "The current folder does not exist any more. Go to another one, or type the full path of a folder.");

    // To the parser, an option it does not know is a folder, and so is the value of an option that takes none.
    private string? FindUnknown(IReadOnlyList<string> arguments)
    {
        int afterDashes = _parsed.Tokens.SkipWhile(static token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        if (Folders.SkipLast(afterDashes).FirstOrDefault(static folder => folder is ['-', _, ..]) is { } unknown)
        {
            unknown = unknown.Split('=')[0];
            string remedy = Spelling.FindClosest(unknown, Command.Options.Select(static option => option.Name)) is { } meant
                ? $"Did you mean {meant}?"
                : "Type --help for the options.";
            return $"There is no option '{unknown}'. {remedy} For a folder of that name, type -- before it.";
        }

        string flag = $"{JsonOption.Name}=";
        return arguments.SkipLast(afterDashes).FirstOrDefault(argument => argument.StartsWith(flag, StringComparison.Ordinal)) is { } json
            ? $"{JsonOption.Name} takes no value. Type {JsonOption.Name} without '{json[(flag.Length - 1)..]}'."
            : null;
    }

    // The messages of the parser itself do not tell what to type.
    private static string HintFor(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens.Count: not 1, Option: var option } ? $" Type {option.Name} {option.HelpName}." : "";

    private static bool HasCurrentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory().Length > 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
