using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>Lines that stay at the lower end of what a console has written: other output of the console goes above them.</summary>
/// <remarks>The cursor stands below the last line, at its start: an echo of the terminal, such as ^C, destroys no line.</remarks>
internal sealed class LiveArea : IRenderHook
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseLine = "\e[K";
    private const string EraseBelow = "\e[J";

    private static readonly Segments Nothing = new([]);

    private readonly IAnsiConsole _console;
    private readonly Func<bool> _hasEnded;

    // Guards the fields below. Taken under the console's own lock, so nothing is written under it.
    private readonly Lock _gate = new();
    private IReadOnlyList<IReadOnlyList<Segment>> _lines = [];
    private IReadOnlyList<IReadOnlyList<Segment>> _onScreen = [];
    private bool _isClosed;

    public LiveArea(IAnsiConsole console, Func<bool> hasEnded)
    {
        _console = console;
        _hasEnded = hasEnded;
        console.Pipeline.Attach(this);
    }

    public bool IsShown
    {
        get
        {
            lock (_gate)
            {
                return _onScreen.Count > 0;
            }
        }
    }

    /// <summary>Replaces the lines.</summary>
    public void Show(IReadOnlyList<IReadOnlyList<Segment>> lines)
    {
        lock (_gate)
        {
            if (_isClosed || Equal(lines, _onScreen))
            {
                return;
            }

            _lines = lines;
        }

        Write(Nothing);
    }

    /// <summary>Writes something above the lines.</summary>
    public void Write(IRenderable content)
    {
        try
        {
            _console.Write(content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The terminal is gone: there is nobody left to show anything.
            lock (_gate)
            {
                _isClosed = true;
            }
        }
    }

    /// <summary>Removes the lines for good.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        Write(Nothing);
        _console.Pipeline.Detach(this);
    }

    /// <summary>Called under the console's lock for everything it writes.</summary>
    IEnumerable<IRenderable> IRenderHook.Process(RenderOptions options, IEnumerable<IRenderable> renderables)
    {
        List<Segment> above = [.. renderables.SelectMany(content => content.Render(options, options.ConsoleSize.Width))];
        lock (_gate)
        {
            _lines = _isClosed || _hasEnded() ? [] : _lines;
            return [new Segments(_lines.Count == 0 && _onScreen.Count == 0 ? above : Compose(above, options.ConsoleSize.Width))];
        }
    }

    private static bool Equal(IReadOnlyList<IReadOnlyList<Segment>> some, IReadOnlyList<IReadOnlyList<Segment>> others) =>
        some.Count == others.Count && some.Zip(others).All(static pair =>
            pair.First.Count == pair.Second.Count
            && pair.First.Zip(pair.Second).All(static both => both.First.Text == both.Second.Text && both.First.Style.Equals(both.Second.Style)));

    // Line by line: a terminal may keep what is erased as a whole in its history.
    private List<Segment> Compose(List<Segment> above, int width)
    {
        // In a terminal that has become narrower, a line takes several rows.
        int rows = _onScreen.Sum(line => Math.Max(1, (Segment.CellCount(line) + width - 1) / width));
        List<Segment> all = [Segment.Control(rows > 0 ? $"\r\e[{rows}A" : HideCursor)];
        if (above.Count > 0 && rows > 0)
        {
            // Not behind each line above: after one that fills the terminal, its last column would be erased.
            all.Add(Segment.Control($"{string.Concat(Enumerable.Repeat($"{EraseLine}\e[B", rows))}\e[{rows}A"));
        }

        if (above.FindLast(static segment => segment is { IsControlCode: false, Text.Length: > 0 }) is { IsLineBreak: false })
        {
            above.Add(Segment.LineBreak);
        }

        all.AddRange(above);
        foreach (IReadOnlyList<Segment> line in _lines)
        {
            all.AddRange([.. line, Segment.Control(EraseLine), Segment.LineBreak]);
        }

        all.Add(Segment.Control(_lines.Count > 0 ? EraseBelow : $"{EraseLine}\e[B{EraseBelow}\e[A{ShowCursor}"));
        _onScreen = _lines;
        return all;
    }
}
