using System.Globalization;

namespace Fibula;

/// <summary>Messages for people that wait until the terminal is given back: the first and the last of them, however many there are.</summary>
internal sealed class KeptLines
{
    // The first say how it began, the last how it ended. An error is a message, with the lines of its stack.
    private const int MostFirst = 500;
    private const int MostLast = 500;

    private readonly List<string> _first = [];
    private readonly Queue<string> _last = [];
    private long _leftOut;

    public void Add(string message)
    {
        if (_first.Count < MostFirst)
        {
            _first.Add(message);
            return;
        }

        _last.Enqueue(message);
        if (_last.Count > MostLast)
        {
            _leftOut += _last.Dequeue().Count(static sign => sign == '\n') + 1;
        }
    }

    /// <summary>The messages, in order, with a line that tells how many lines are missing.</summary>
    public IEnumerable<string> Take()
    {
        string[] leftOut = _leftOut switch
        {
            0 => [],
            1 => ["… 1 line left out …"],
            _ => [string.Create(CultureInfo.InvariantCulture, $"… {_leftOut:N0} lines left out …")],
        };
        return [.. _first, .. leftOut, .. _last];
    }
}
