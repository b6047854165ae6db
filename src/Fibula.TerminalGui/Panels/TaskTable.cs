using Fibula.Diagnostics;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula;

/// <summary>The rows of a task list as text. Names come last: however wide they are, nothing stands behind them.</summary>
internal sealed class TaskTable : ITableSource
{
    /// <summary>The names of the columns and the line below them.</summary>
    public const int HeaderHeight = 2;

    private const int BarLength = 10;

    // The widest texts: "Canceling", a bar with "100 %", "100:00:00".
    private static readonly int[] Widths = [9, BarLength + 6, 9];

    private IReadOnlyList<TaskSnapshot> _tasks = [];

    public string[] ColumnNames { get; } = ["State", "Progress", "Time", "Task"];

    public int Columns => ColumnNames.Length;

    public int Rows => _tasks.Count;

    public object this[int row, int col] => col switch
    {
        0 => _tasks[row].State.ToString(),
        1 => Amount(_tasks[row].Progress),
        2 => TaskText.Time(_tasks[row].Age),
        _ => PrintableText.Of(TaskText.Subject(_tasks[row])),
    };

    public static TableView CreateView(TaskTable tasks)
    {
        // Without the search by typing, which would take the key that cancels.
        var view = new TableView { Width = Dim.Fill(), Height = Dim.Fill(), FullRowSelect = true, MultiSelect = false, CollectionNavigator = null, Table = tasks };
        view.Style.AlwaysShowHeaders = true;
        view.Style.ShowHorizontalHeaderOverline = false;
        view.Style.ShowVerticalCellLines = false;
        view.Style.ShowVerticalHeaderLines = false;
        foreach ((int column, int width) in Widths.Index())
        {
            view.Style.ColumnStyles[column] = new ColumnStyle { MinWidth = width, MaxWidth = width };
        }

        int before = Widths.Sum(width => width + 1);
        view.Style.ColumnStyles[Widths.Length] = new ColumnStyle
        {
            RepresentationGetter = text => PrintableText.Fit((string)text, view.Viewport.Width - before),
        };
        return view;
    }

    public void Show(IReadOnlyList<TaskSnapshot> tasks) => _tasks = tasks;

    public TaskSnapshot? At(int row) => row >= 0 && row < _tasks.Count ? _tasks[row] : null;

    public int? RowOf(int? id)
    {
        for (int row = 0; row < _tasks.Count; row++)
        {
            if (_tasks[row].Id == id)
            {
                return row;
            }
        }

        return null;
    }

    private static string Amount(TaskProgress progress)
    {
        string amount = TaskText.Amount(progress);
        if (progress.Fraction is not { } fraction)
        {
            return amount;
        }

        int full = (int)(fraction * BarLength);
        return $"{new string('█', full)}{new string('░', BarLength - full)} {amount,5}";
    }
}
