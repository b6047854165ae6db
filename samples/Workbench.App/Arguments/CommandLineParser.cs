namespace Workbench;

internal sealed class CommandLineParser(IReadOnlyList<string> arguments)
{
    private static readonly string[] Options = ["--ui", "--json", "--min-size", "--help", "--version"];

    private readonly CommandLine _line = new();
    private readonly List<string> _folders = [];
    private int _next;

    public CommandLine Parse()
    {
        bool onlyFolders = false;
        while (_next < arguments.Count)
        {
            string argument = arguments[_next++];
            if (onlyFolders || !argument.StartsWith('-') || argument == "-")
            {
                AddFolder(argument);
            }
            else if (argument == "--")
            {
                onlyFolders = true;
            }
            else
            {
                ReadOption(argument);
            }
        }

        return Finish();
    }

    private CommandLine Finish()
    {
        if (_line.Json && _line.Ui == UiChoice.Terminal)
        {
            throw new UsageException("--json writes for programs and --ui terminal draws for people. Leave one of them out.");
        }

        _line.Folders = _folders.Count > 0 ? _folders : _line.Folders;
        if (!_line.Folders.All(Path.IsPathFullyQualified) && !HasCurrentFolder())
        {
            throw new UsageException("The current folder does not exist any more. Go to another one, or type the full path of a folder.");
        }

        return _line;
    }

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

    private void AddFolder(string argument) => _folders.Add(argument.Length > 0
        ? argument
        : throw new UsageException("A folder's name is empty. Type '.' for the current folder."));

    private void ReadOption(string argument)
    {
        string[] parts = argument.Split('=', 2);
        string? value = parts.Length > 1 ? parts[1] : null;
        switch (parts[0])
        {
            case "--ui":
                _line.Ui = ToUi(value ?? TakeValue("--ui", "Type --ui terminal or --ui plain."));
                break;
            case "--min-size":
                _line.MinSize = SizeArgument.Parse(value ?? TakeValue("--min-size", "Type a number of bytes after it, like --min-size 4096."));
                break;
            case "--json" when value is null:
                _line.Json = true;
                break;
            case "--help" or "-h" when value is null:
                _line.ShowsHelp = true;
                break;
            case "--version" when value is null:
                _line.ShowsVersion = true;
                break;
            default:
                throw Unknown(parts[0], value);
        }
    }

    private string TakeValue(string option, string remedy) => _next < arguments.Count
        ? arguments[_next++]
        : throw new UsageException($"{option} lacks its value. {remedy}");

    private static UiChoice ToUi(string value) => value switch
    {
        "terminal" => UiChoice.Terminal,
        "plain" => UiChoice.Plain,
        _ => throw new UsageException($"There is no user interface '{value}'. Type --ui terminal or --ui plain."),
    };

    private static UsageException Unknown(string option, string? value)
    {
        if (Options.Contains(option))
        {
            return new UsageException($"{option} takes no value. Type {option} without '={value}'.");
        }

        string remedy = Spelling.FindClosest(option, Options) is { } meant
            ? $"Did you mean {meant}?"
            : "Type --help for the options.";
        return new UsageException(
            $"There is no option '{option}'. {remedy} For a folder of that name, type -- before it.");
    }
}
