using System.Windows;
using System.Windows.Controls;
using System.Windows.Input;
using Fibula.Diagnostics;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>A list of the running tasks with their progress and elapsed time. The button or Delete cancels the selected task.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every control it belongs to the UI thread. While it is shown it updates automatically, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the list until it has ended.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a control of your own.</para>
/// </remarks>
public sealed class WpfTaskPanel : UserControl
{
    private readonly TaskScope _scope;
    private readonly TaskRows _tasks;
    private readonly ListBox _rows = new() { HorizontalContentAlignment = HorizontalAlignment.Stretch };
    private readonly Button _cancel = new() { Content = "Cancel the task", IsEnabled = false, HorizontalAlignment = HorizontalAlignment.Left, Padding = new Thickness(8, 2, 8, 2) };
    private readonly TextBlock _summary = new() { Text = TaskText.Summary(0) };
    private TaskBoard? _board;

    /// <summary>Creates the list.</summary>
    /// <param name="scope">The scope whose tasks to list, including its descendants: <see cref="UiApp.Tasks"/> for all tasks.</param>
    public WpfTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        _tasks = new TaskRows((row, _) => _rows.Items.Insert(row, new TaskRow()), _rows.Items.RemoveAt, (row, task) => ((TaskRow)_rows.Items[row]!).Show(task));
        _cancel.Click += (_, _) => CancelSelected();
        DockPanel.SetDock(_cancel, Dock.Bottom);
        DockPanel.SetDock(_summary, Dock.Top);
        Loaded += OnLoaded;
        Unloaded += OnUnloaded;
        Content = new DockPanel { Children = { _cancel, _summary, _rows } };
    }

    /// <summary>Tells the selected task to cancel.</summary>
    /// <returns>False if none is selected, or it has ended meanwhile.</returns>
    public bool CancelSelected() => _tasks.TaskAt(_rows.SelectedIndex) is { } task && _board?.Cancel(task) == true;

    /// <inheritdoc/>
    protected override void OnKeyDown(KeyEventArgs e)
    {
        base.OnKeyDown(e);
        e.Handled |= e.Key == Key.Delete && CancelSelected();
    }

    private void OnLoaded(object sender, RoutedEventArgs e)
    {
        // Raised once more for a control that is moved.
        if (_board is null)
        {
            _board = new TaskBoard(_scope, showsTime: true);
            _board.Changed += OnBoardChanged;
        }
    }

    private void OnUnloaded(object sender, RoutedEventArgs e)
    {
        _board?.Dispose();
        _board = null;
    }

    private void OnBoardChanged()
    {
        IReadOnlyList<TaskSnapshot> rows = _board?.Rows ?? [];
        int selected = _rows.SelectedIndex;
        _tasks.Show(rows);

        // Where the selected task has gone, the one in its place.
        if (_rows.SelectedIndex < 0)
        {
            _rows.SelectedIndex = Math.Max(0, Math.Min(selected, _tasks.Count - 1));
        }

        _summary.Text = TaskText.Summary(rows);
        _cancel.IsEnabled = _tasks.Count > 0;
    }
}
