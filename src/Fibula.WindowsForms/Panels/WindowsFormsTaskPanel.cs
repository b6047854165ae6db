using System.Windows.Forms;
using Fibula.Diagnostics;

namespace Fibula;

/// <summary>A list of the running tasks with their progress and elapsed time. The button or Delete cancels the selected task.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every control it belongs to the UI thread. It updates automatically, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the list until it has ended.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a control of your own.</para>
/// </remarks>
public sealed class WindowsFormsTaskPanel : UserControl
{
    private readonly TaskBoard _board;
    private readonly TaskList _tasks = new() { Dock = DockStyle.Fill };
    private readonly Button _cancel = new() { Text = "Cancel the task", AutoSize = true, Enabled = false };
    private readonly Label _summary = new() { AutoSize = true, Anchor = AnchorStyles.Left, Text = TaskText.Summary(0) };

    /// <summary>Creates the list.</summary>
    /// <param name="scope">The scope whose tasks to list, including its descendants: <see cref="UiApp.Tasks"/> for all tasks.</param>
    public WindowsFormsTaskPanel(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        Controls.Add(_tasks);
        Controls.Add(new FlowLayoutPanel { Dock = DockStyle.Bottom, AutoSize = true, Controls = { _cancel, _summary } });
        _cancel.Click += (_, _) => CancelSelected();
        _tasks.SelectedIndexChanged += (_, _) => _cancel.Enabled = _tasks.SelectedTask is not null;
        _tasks.KeyDown += (_, e) => e.Handled = e.KeyCode == Keys.Delete && CancelSelected();
        _board = new TaskBoard(scope, showsTime: true);
        _board.Changed += OnBoardChanged;
    }

    /// <summary>Tells the selected task to cancel.</summary>
    /// <returns>False if none is selected, or it has ended meanwhile.</returns>
    public bool CancelSelected() => _tasks.SelectedTask is { } task && _board.Cancel(task);

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
        _tasks.Show(_board.Rows);
        _cancel.Enabled = _tasks.SelectedTask is not null;
        _summary.Text = TaskText.Summary(_board.Rows);
    }
}
