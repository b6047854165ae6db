using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula;

/// <summary>A list of the tasks that run: what each does, how far it is and since when. Delete or <c>c</c> cancels the selected one.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every view it belongs to the UI thread. It follows the tasks by itself, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the list until it has ended. The keys are bindings of <see cref="Command.Cancel"/>.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a view of your own.</para>
/// </remarks>
public sealed class TerminalTaskPanel : View
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TaskScope _scope;
    private readonly TaskBoard _board;
    private readonly TaskTable _tasks = new();
    private readonly TableView _table;
    private readonly Label _nothing;

    // Ticks while there are tasks, so that their times go on between two changes of the board.
    private ITimer? _clock;

    /// <summary>Creates the list.</summary>
    /// <param name="scope">Whose tasks to list, with those of its descendants: <see cref="UiApp.Tasks"/> for all.</param>
    public TerminalTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        CanFocus = true;
        _table = TaskTable.CreateView(_tasks);
        _nothing = new Label { Text = "No task is running." };
        Add(_table, _nothing);
        AddCommand(Command.Cancel, () => CancelSelected());
        KeyBindings.Add(Key.Delete, Command.Cancel);
        KeyBindings.Add(Key.C, Command.Cancel);
        _board = new TaskBoard(scope);
        _board.Changed += OnBoardChanged;
    }

    /// <summary>Tells the selected task to cancel.</summary>
    /// <returns>False if none is selected, or it has ended meanwhile.</returns>
    public bool CancelSelected() => _tasks.At(SelectedRow) is { } task && _board.Cancel(task.Id);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _board.Dispose();
            _clock?.Dispose();
        }

        base.Dispose(disposing);
    }

    private int SelectedRow => _table.Value?.SelectedCell.Y ?? -1;

    private void OnBoardChanged()
    {
        long? selected = _tasks.At(SelectedRow)?.Id;
        _tasks.Show(_board.Rows);
        _nothing.Visible = _board.Rows.Count == 0;
        if (_board.Rows.Count > 0)
        {
            // The same task stays selected while others come and go; when it has gone, the one in its place.
            int row = _tasks.RowOf(selected) ?? Math.Clamp(SelectedRow, 0, _board.Rows.Count - 1);
            _table.SetSelection(0, row, extendExistingSelection: false);
        }

        _table.Update();
        KeepTime(_board.Rows.Count > 0);
    }

    private void KeepTime(bool isNeeded)
    {
        if (isNeeded)
        {
            _tasks.Age = TimeSpan.Zero;
            _clock ??= _scope.Loop!.TimeProvider.CreateTimer(_ => _scope.Loop.Post(Tick), null, Second, Second);
        }
        else
        {
            _clock?.Dispose();
            _clock = null;
        }
    }

    private void Tick()
    {
        _tasks.Age += Second;
        _table.SetNeedsDraw();
    }
}
