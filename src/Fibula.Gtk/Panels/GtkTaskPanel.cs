using Fibula.Diagnostics;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>A table of the running tasks with their progress, elapsed time and a cancel button.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every widget it belongs to the UI thread. It updates automatically, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the table until it has ended.</para>
/// <para>It is a widget without a class of any binding: put its <see cref="Handle"/> into a container, with GtkSharp by <c>new Gtk.Grid(panel.Handle)</c>.
/// The program need not keep the object: the widget keeps it alive.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in widgets of your own.</para>
/// </remarks>
public sealed class GtkTaskPanel
{
    private const int Spacing = 12;

    // The rows of the tasks come first, the summary below them.
    private readonly List<TaskRow> _rows = [];
    private readonly TaskRows _tasks;
    private readonly UiLoop _loop;
    private readonly TaskBoard _board;
    private readonly nint _summary;

    /// <summary>Creates the widget. GTK must have been initialized.</summary>
    /// <param name="scope">The scope whose tasks to list, including its descendants: <see cref="UiApp.Tasks"/> for all tasks.</param>
    /// <exception cref="InvalidOperationException">The scope has no loop yet, or the program has not loaded GTK.</exception>
    public GtkTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _loop = scope.Loop ?? throw new InvalidOperationException($"'{scope.Name}' has no loop yet. Make the panel when the app has been attached.");
        _summary = GtkWidgets.Label(TaskText.Summary(0), takesTheRest: true);
        Handle = GtkWidgets.Grid(Spacing);
        GtkWidgets.Attach(Handle, _summary, column: 0, row: 0, TaskRow.Columns);
        Signal.Connect(_loop, Handle, "destroy", OnDestroyed);
        _tasks = new TaskRows(Insert, Remove, (row, task) => _rows[row].Show(task));
        _board = new TaskBoard(scope, showsTime: true);
        _board.Changed += OnBoardChanged;
    }

    /// <summary>The widget, a <c>GtkGrid*</c>. Its first reference is floating: the container it is put into takes it.</summary>
    public nint Handle { get; }

    private void OnBoardChanged()
    {
        _tasks.Show(_board.Rows);
        GtkWidgets.SetText(_summary, TaskText.Summary(_board.Rows));
    }

    private void Insert(int row, int id)
    {
        _rows.Insert(row, new TaskRow(_loop, () => _board.Cancel(id)));
        _rows[row].Insert(Handle, row);
    }

    private void Remove(int row)
    {
        GtkWidgets.RemoveRow(Handle, row);
        _rows.RemoveAt(row);
    }

    private bool OnDestroyed()
    {
        _board.Dispose();
        return false;
    }
}
