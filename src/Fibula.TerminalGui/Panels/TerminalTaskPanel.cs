using Fibula.Diagnostics;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula;

/// <summary>A list of the running tasks with their progress and elapsed time. Delete or <c>c</c> cancels the selected task.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every view it belongs to the UI thread. It updates automatically, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the list until it has ended. The keys are bindings of <see cref="Command.Cancel"/>.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a view of your own.</para>
/// </remarks>
public sealed class TerminalTaskPanel : View
{
    private readonly TaskBoard _board;
    private readonly TaskTable _tasks = new();
    private readonly TableView _table;
    private readonly Label _nothing;

    /// <summary>Creates the list.</summary>
    /// <param name="scope">The scope whose tasks to list, including its descendants: <see cref="UiApp.Tasks"/> for all tasks.</param>
    public TerminalTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        CanFocus = true;
        _table = TaskTable.CreateView(_tasks);
        _nothing = new Label { Text = TaskText.Summary(0), Y = TaskTable.HeaderHeight };
        Add(_table, _nothing);
        AddCommand(Command.Cancel, () => CancelSelected());
        KeyBindings.Add(Key.Delete, Command.Cancel);
        KeyBindings.Add(Key.C, Command.Cancel);
        _board = new TaskBoard(scope, showsTime: true);
        _board.Changed += OnBoardChanged;
    }

    private int SelectedRow => _table.Value?.SelectedCell.Y ?? -1;

    /// <summary>Tells the selected task to cancel.</summary>
    /// <returns>False if none is selected, or it has ended meanwhile.</returns>
    public bool CancelSelected() => _tasks.At(SelectedRow) is { } task && _board.Cancel(task.Id);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _board.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OnBoardChanged()
    {
        int? selected = _tasks.At(SelectedRow)?.Id;
        _tasks.Show(_board.Rows);
        _nothing.Visible = _board.Rows.Count == 0;
        if (_board.Rows.Count > 0)
        {
            // The same task stays selected while others come and go; after its end, the task in its place.
            int row = _tasks.RowOf(selected) ?? Math.Clamp(SelectedRow, 0, _board.Rows.Count - 1);
            _table.SetSelection(0, row, extendExistingSelection: false);
        }

        _table.Update();
    }
}
