using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Rows as the toolkit's tables ask for them.</summary>
internal sealed class RowSource<T>(string[] titles, IReadOnlyList<T> rows, Func<T, int, string> cell) : ITableSource
{
    public string[] ColumnNames => titles;

    public int Columns => titles.Length;

    public int Rows => rows.Count;

    public object this[int row, int col] => DrawnText.Of(cell(rows[row], col));
}
