using System.Text;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>Writes whole lines above the live lines while there are any, and passes everything on while there are none.</summary>
/// <param name="direct">The writer that was there before.</param>
/// <param name="area">The live lines.</param>
/// <param name="endIfOver">Ends the display if its loop has ended, which gives the writer before back.</param>
internal sealed class LineWriter(TextWriter direct, LiveArea area, Action endIfOver) : TextWriter
{
    // Guards the start of a line. Taken before the console's lock.
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => direct.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    public override void Write(ReadOnlySpan<char> buffer)
    {
        endIfOver();
        lock (_gate)
        {
            _line.Append(buffer);
            if (!area.IsShown)
            {
                Pass();
                return;
            }

            string text = _line.ToString();
            int end = text.LastIndexOf('\n');
            if (end >= 0)
            {
                _line.Remove(0, end + 1);
                area.Write(Segments.Line(new Segment(text[..end].TrimEnd('\r'))));
            }
        }
    }

    /// <summary>Passes the start of a line on, unless it would destroy the live lines.</summary>
    public override void Flush()
    {
        endIfOver();
        PassUnlessShown();
    }

    /// <inheritdoc cref="Flush"/>
    public void PassUnlessShown()
    {
        lock (_gate)
        {
            if (!area.IsShown)
            {
                Pass();
            }
        }
    }

    private void Pass()
    {
        direct.Write(_line.ToString());
        direct.Flush();
        _line.Clear();
    }
}
