using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.LogicalTree;

namespace Fibula;

/// <summary>A list of the tasks that run: what each does, how far it is and since when. The button or Delete cancels the selected one.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every control it belongs to the UI thread. While it is in a window it follows the tasks by itself, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the list until it has ended.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a control of your own.</para>
/// </remarks>
public sealed class AvaloniaTaskPanel : UserControl
{
    private readonly TaskScope _scope;
    private readonly ListBox _rows = new() { SelectionMode = SelectionMode.AlwaysSelected };
    private readonly Button _cancel = new() { Content = "Cancel the task", IsEnabled = false };
    private readonly TextBlock _summary = new() { Text = TaskText.Summary(0) };
    private TaskBoard? _board;

    /// <summary>Creates the list.</summary>
    /// <param name="scope">Whose tasks to list, with those of its descendants: <see cref="UiApp.Tasks"/> for all.</param>
    public AvaloniaTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        _cancel.Click += (_, _) => CancelSelected();
        DockPanel.SetDock(_cancel, Dock.Bottom);
        DockPanel.SetDock(_summary, Dock.Top);
        Content = new DockPanel { Children = { _cancel, _summary, _rows } };
    }

    /// <summary>Tells the selected task to cancel.</summary>
    /// <returns>False if none is selected, or it has ended meanwhile.</returns>
    public bool CancelSelected() => _rows.SelectedItem is TaskRow row && _board?.Cancel(row.Id) == true;

    /// <inheritdoc/>
    protected override void OnKeyDown(KeyEventArgs e)
    {
        base.OnKeyDown(e);
        e.Handled |= e.Key == Key.Delete && CancelSelected();
    }

    /// <inheritdoc/>
    protected override void OnAttachedToLogicalTree(LogicalTreeAttachmentEventArgs e)
    {
        base.OnAttachedToLogicalTree(e);
        _board = new TaskBoard(_scope, showsTime: true);
        _board.Changed += OnBoardChanged;
    }

    /// <inheritdoc/>
    protected override void OnDetachedFromLogicalTree(LogicalTreeAttachmentEventArgs e)
    {
        base.OnDetachedFromLogicalTree(e);
        _board?.Dispose();
        _board = null;
    }

    private void OnBoardChanged()
    {
        IReadOnlyList<TaskSnapshot> tasks = _board?.Rows ?? [];
        HashSet<int> ids = [.. tasks.Select(task => task.Id)];
        foreach (TaskRow ended in _rows.Items.OfType<TaskRow>().Where(row => !ids.Contains(row.Id)).ToList())
        {
            _rows.Items.Remove(ended);
        }

        // The row of a task stays the same one, and selected, while others come and go.
        foreach ((int index, TaskSnapshot task) in tasks.Index())
        {
            if (index >= _rows.Items.Count || ((TaskRow)_rows.Items[index]!).Id != task.Id)
            {
                _rows.Items.Insert(index, new TaskRow(task.Id));
            }

            ((TaskRow)_rows.Items[index]!).Show(task);
        }

        _summary.Text = TaskText.Summary(tasks.Count);
        _cancel.IsEnabled = tasks.Count > 0;
    }
}
