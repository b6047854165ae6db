using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fibula.SpectreConsole.Tests;

/// <summary>What a terminal shows of the text it was sent: lines, moves of the cursor, erasures. Colors are left out.</summary>
internal sealed partial class Screen : StringWriter
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;
    private int _column;
    private int _read;

    public Screen()
        : base(CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.UTF8;

    public bool ShowsCursor
    {
        get
        {
            Read();
            return field;
        }
        private set;
    } = true;

    /// <summary>The rows that are not empty, without spaces at their ends.</summary>
    public string[] Rows
    {
        get
        {
            Read();
            return [.. _rows.Select(row => row.ToString().TrimEnd()).Where(row => row.Length > 0)];
        }
    }

    /// <summary>The first row that begins like this.</summary>
    public string RowOf(string task) => Rows.First(row => row.StartsWith(task, StringComparison.Ordinal));

    /// <summary>The terminal becomes narrower, and shows each line in as many rows as it needs now.</summary>
    public void Narrow(int columns)
    {
        Read();
        int below = _rows.Count - _row;
        List<StringBuilder> rows = [.. _rows.SelectMany(row => row.Length == 0 ? [row] : row.ToString().Chunk(columns).Select(part => new StringBuilder().Append(part)))];
        _rows.Clear();
        _rows.AddRange(rows);
        _row = _rows.Count - below;
    }

    private void Read()
    {
        string all = ToString();
        while (_read < all.Length)
        {
            Match control = Control().Match(all, _read);
            if (control.Success)
            {
                Obey(control.Groups[1].Value is { Length: > 0 } count && int.TryParse(count, out int number) ? number : 1, control.Groups[2].Value, control.Value);
                _read += control.Length;
            }
            else
            {
                Put(all[_read++]);
            }
        }
    }

    private void Obey(int count, string command, string all)
    {
        switch (command)
        {
            case "A":
                _row = Math.Max(0, _row - count);
                break;
            case "B":
                _row = Math.Min(_rows.Count - 1, _row + count);
                break;
            case "K":
                _rows[_row].Length = Math.Min(_column, _rows[_row].Length);
                break;
            case "J":
                _rows[_row].Length = Math.Min(_column, _rows[_row].Length);
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case "h" or "l" when all.StartsWith("\e[?25", StringComparison.Ordinal):
                ShowsCursor = command == "h";
                break;
        }
    }

    private void Put(char character)
    {
        if (character == '\n')
        {
            (_row, _column) = (_row + 1, 0);
            if (_row == _rows.Count)
            {
                _rows.Add(new StringBuilder());
            }
        }
        else if (character == '\r')
        {
            _column = 0;
        }
        else
        {
            StringBuilder row = _rows[_row];
            row.Length = Math.Max(row.Length, _column);
            row.Remove(_column, Math.Min(1, row.Length - _column)).Insert(_column++, character);
        }
    }

    [GeneratedRegex(@"\G\e\[[?]?(\d*)[\d;]*([A-Za-z])")]
    private static partial Regex Control();
}
