using Fibula.Diagnostics;

namespace Fibula.Toolkits;

/// <summary>
/// For adapters: keeps the rows of a list control in step with the tasks of a <see cref="TaskBoard"/>. The row of a task stays the same one, and
/// selected, while others come and go: no click meets another task than the one it was meant for.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Everything here happens on the UI thread.</para>
/// <para><b>Errors.</b> <see cref="Show"/> throws the exceptions of the control.</para>
/// <para>A control that draws its rows itself needs none of this: it reads <see cref="TaskBoard.Rows"/>.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WatchExampleTests.cs#rows">
/// var rows = new TaskRows(
///     insert: (row, _) => items.Insert(row, ""),
///     remove: row => items.RemoveAt(row),
///     show: (row, task) => items[row] = TaskText.Subject(task));
/// board.Changed += () => rows.Show(board.Rows);
/// </code>
/// </example>
public sealed class TaskRows
{
    private readonly Action<int, int> _insert;
    private readonly Action<int> _remove;
    private readonly Action<int, TaskSnapshot> _show;
    private readonly List<int> _ids = [];

    /// <summary>Creates the rows of a control that has none yet.</summary>
    /// <param name="insert">Puts an empty row at an index; the second number is the <see cref="TaskSnapshot.Id"/> of its task.</param>
    /// <param name="remove">Takes the row at an index away.</param>
    /// <param name="show">Fills the row at an index.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public TaskRows(Action<int, int> insert, Action<int> remove, Action<int, TaskSnapshot> show)
    {
        ArgumentNullException.ThrowIfNull(insert);
        ArgumentNullException.ThrowIfNull(remove);
        ArgumentNullException.ThrowIfNull(show);
        _insert = insert;
        _remove = remove;
        _show = show;
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _ids.Count;

    /// <summary>The task of a row.</summary>
    /// <param name="row">An index; -1 for no selection.</param>
    /// <returns>Its <see cref="TaskSnapshot.Id"/>; null where there is no such row.</returns>
    public int? TaskAt(int row) => row >= 0 && row < _ids.Count ? _ids[row] : null;

    /// <summary>Removes the rows of tasks that have ended, inserts those of new ones, and fills them all.</summary>
    /// <param name="tasks">The <see cref="TaskBoard.Rows"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tasks"/> is null.</exception>
    public void Show(IReadOnlyList<TaskSnapshot> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        HashSet<int> live = [.. tasks.Select(static task => task.Id)];
        for (int row = _ids.Count - 1; row >= 0; row--)
        {
            if (!live.Contains(_ids[row]))
            {
                RemoveAt(row);
            }
        }

        foreach ((int row, TaskSnapshot task) in tasks.Index())
        {
            Place(row, task.Id);
            _show(row, task);
        }
    }

    private void Place(int row, int id)
    {
        int known = _ids.IndexOf(id, row);
        if (known == row)
        {
            return;
        }

        // A task whose place in the list has changed.
        if (known > row)
        {
            RemoveAt(known);
        }

        _ids.Insert(row, id);
        _insert(row, id);
    }

    private void RemoveAt(int row)
    {
        _ids.RemoveAt(row);
        _remove(row);
    }
}
