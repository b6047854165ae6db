using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Rows as the toolkit's tables ask for them, each cell as wide as its column at most.</summary>
internal sealed class RowSource<T>(string[] titles, IReadOnlyList<T> rows, Func<T, int, string> cell, Func<int, int> widthOf) : ITableSource
{
    public string[] ColumnNames => titles;

    public int Columns => titles.Length;

    public int Rows => rows.Count;

    public object this[int row, int col] => DrawnText.Fit(DrawnText.Of(cell(rows[row], col)), widthOf(col));
}
