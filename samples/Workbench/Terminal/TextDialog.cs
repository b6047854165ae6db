using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Lines to read, each in as many rows as it takes.</summary>
internal sealed class TextDialog : Window
{
    private const string Indent = "    ";

    private readonly RowTable _rows = new(new RowTable.Column(""));
    private readonly IReadOnlyList<string> _lines;

    public TextDialog(string title, IReadOnlyList<string> lines)
    {
        Title = $"{title} (Esc closes)";
        Y = 1;
        Width = Dim.Fill();
        Height = Dim.Fill(1);
        _lines = [.. lines.Select(DrawnText.Of)];
        Add(_rows);
        _rows.FrameChanged += (_, _) => ShowRows();
    }

    private void ShowRows()
    {
        List<string> rows = [.. _lines.SelectMany(line => DrawnText.Wrap(line, Viewport.Width - 1, Indent))];
        _rows.Show(rows, (row, _) => row);
    }
}
