using System.Windows.Forms;
using Fibula.Diagnostics;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>Tasks as the rows of a list. The row of a task stays the same one, and selected, while others come and go.</summary>
internal sealed class TaskList : ListView
{
    private const int FillTheRest = -2;

    private readonly TaskRows _rows;

    public TaskList()
    {
        _rows = new TaskRows((row, _) => Items.Insert(row, new ListViewItem(["", "", "", ""])), row => Items.RemoveAt(row), ShowRow);
        View = View.Details;
        FullRowSelect = true;
        MultiSelect = false;
        HideSelection = false;
        AccessibleName = "Tasks";
        Columns.Add("State", 90);
        Columns.Add("Progress", 90, HorizontalAlignment.Right);
        Columns.Add("Time", 70, HorizontalAlignment.Right);
        Columns.Add("Task", FillTheRest);
    }

    /// <summary>The id of the selected task; null if none is.</summary>
    public int? SelectedTask => SelectedIndices.Count == 1 ? _rows.TaskAt(SelectedIndices[0]) : null;

    public void Show(IReadOnlyList<TaskSnapshot> tasks)
    {
        int selected = SelectedIndices.Count == 1 ? SelectedIndices[0] : 0;
        BeginUpdate();
        _rows.Show(tasks);
        EndUpdate();

        // Where the selected task has gone, the one in its place.
        if (SelectedIndices.Count == 0 && Items.Count > 0)
        {
            Items[Math.Min(selected, Items.Count - 1)].Selected = true;
        }
    }

    /// <inheritdoc/>
    protected override void OnClientSizeChanged(EventArgs e)
    {
        base.OnClientSizeChanged(e);
        if (IsHandleCreated)
        {
            Columns[^1].Width = FillTheRest;
        }
    }

    // Only what has changed: each text that is set is painted.
    private static void Set(ListViewItem.ListViewSubItem cell, string text)
    {
        if (cell.Text != text)
        {
            cell.Text = text;
        }
    }

    private void ShowRow(int row, TaskSnapshot task)
    {
        ListViewItem item = Items[row];
        Set(item.SubItems[0], task.State.ToString());
        Set(item.SubItems[1], TaskText.Amount(task.Progress));
        Set(item.SubItems[2], TaskText.Time(task.Age));
        Set(item.SubItems[3], TaskText.Subject(task));
    }
}
