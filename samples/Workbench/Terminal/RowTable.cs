using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>A table of rows that are text; only what is seen is made. The last column takes the room that is left.</summary>
internal sealed class RowTable : TableView
{
    private readonly Column[] _columns;

    public RowTable(params Column[] columns)
    {
        _columns = columns;
        Width = Dim.Fill();
        Height = Dim.Fill();
        FullRowSelect = true;
        MultiSelect = false;

        // Letters are commands here, and the arrows to the sides change the tab.
        CollectionNavigator = null;
        KeyBindings.Remove(Key.CursorLeft);
        KeyBindings.Remove(Key.CursorRight);
        MaxCellWidth = int.MaxValue;
        Style.ShowHeaders = Style.ShowHorizontalHeaderUnderline = columns.Any(column => column.Title != "");
        Style.AlwaysShowHeaders = true;
        Style.ShowHorizontalHeaderOverline = false;
        Style.ShowVerticalCellLines = false;
        Style.ShowVerticalHeaderLines = false;
        FrameChanged += (_, _) => LayOutColumns();
        ValueChanged += (_, _) => RowChanged?.Invoke(Row);
    }

    /// <summary>Raised with <see cref="Row"/> when it has changed.</summary>
    public event Action<int>? RowChanged;

    /// <summary>The number of the selected row, -1 for none.</summary>
    public int Row => Value?.SelectedCell.Y ?? -1;

    /// <summary>Shows rows, the first of them selected.</summary>
    public void Show<T>(IReadOnlyList<T> rows, Func<T, int, string> cell)
    {
        // A table that has no rows would still take the keys.
        Table = rows.Count > 0 ? new RowSource<T>([.. _columns.Select(column => column.Title)], rows, cell, WidthOf) : null;
        RowChanged?.Invoke(Row);
    }

    private void LayOutColumns()
    {
        foreach ((int index, Column column) in _columns.Index())
        {
            int width = WidthOf(index);
            Style.ColumnStyles[index] = new ColumnStyle { MinWidth = width, MaxWidth = width, Alignment = column.Alignment };
        }

        Update();
    }

    private int WidthOf(int column) => column < _columns.Length - 1
        ? _columns[column].Width
        : Math.Max(1, Viewport.Width - _columns.Sum(other => other.Width + 1) + 1);

    /// <summary>A column; the width of the last one means nothing.</summary>
    internal sealed record Column(string Title, int Width = 0, Alignment Alignment = Alignment.Start);
}
