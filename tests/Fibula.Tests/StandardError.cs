using System.Text;

namespace Fibula.Tests;

/// <summary>What the calling thread writes to standard error, so that tests beside it keep theirs.</summary>
internal sealed class StandardError : TextWriter
{
    [ThreadStatic]
    private static StringBuilder? _captured;

    private readonly TextWriter _console;

    static StandardError() => Console.SetError(new StandardError(Console.Error));

    private StandardError(TextWriter console)
    {
        _console = console;
    }

    public override Encoding Encoding => _console.Encoding;

    /// <summary>The lines that <paramref name="action"/> writes on this thread.</summary>
    public static string[] Of(Action action)
    {
        _captured = new StringBuilder();
        try
        {
            action();
            return _captured.ToString().Split(Environment.NewLine)[..^1];
        }
        finally
        {
            _captured = null;
        }
    }

    public override void Write(char value)
    {
        if (_captured is { } captured)
        {
            captured.Append(value);
        }
        else
        {
            _console.Write(value);
        }
    }
}
