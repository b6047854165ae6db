using Fibula.Diagnostics;

namespace Fibula;

/// <summary>Decides which tasks have a line: those that have outlasted the delay, except those whose line would say nothing.</summary>
internal sealed class ShownTasks(TaskScope scope, TimeSpan delay)
{
    // Such as the method of the program, which starts the others.
    private readonly HashSet<int> _before = [.. TasksOf(scope).Select(static task => task.Id)];

    /// <summary>Selects the tasks that have a line.</summary>
    /// <param name="tasks">The rows of the board.</param>
    /// <param name="sinceRead">How old the rows are.</param>
    public IReadOnlyList<TaskSnapshot> Of(IReadOnlyList<TaskSnapshot> tasks, TimeSpan sinceRead)
    {
        TaskSnapshot[] old = [.. tasks.Where(task => task.State <= BackgroundTaskState.Canceling && task.Age + sinceRead >= delay)];

        // Groups and shielded parts have no row of their own; the tasks in a group have.
        IEnumerable<TaskSnapshot> others = old.Concat(TasksOf(scope).Where(static task => task.IsPart));
        HashSet<string> waits = [.. others.Select(static task => $"'{task.Name}'"), "its children"];
        TaskSnapshot[] telling =
        [
            .. old.Where(task => task.Progress != TaskProgress.None
                || !(_before.Contains(task.Id) || waits.Contains(task.WaitsFor))),
        ];
        return telling.Length > 0 ? telling : [.. old.Where(static task => task.State == BackgroundTaskState.Canceling)];
    }

    /// <summary>How long until the next of these tasks has outlasted the delay; null if all have.</summary>
    public TimeSpan? UntilNext(IReadOnlyList<TaskSnapshot> tasks, TimeSpan sinceRead) =>
        tasks.Select(task => delay - task.Age - sinceRead).Where(static wait => wait > TimeSpan.Zero).Select(static wait => (TimeSpan?)wait).Min();

    // Not recursive: scopes may be nested deeply.
    private static IEnumerable<TaskSnapshot> TasksOf(TaskScope top)
    {
        var waiting = new Stack<ScopeSnapshot>([top.Snapshot()]);
        while (waiting.TryPop(out ScopeSnapshot? scope))
        {
            foreach (TaskSnapshot task in scope.Tasks)
            {
                yield return task;
            }

            foreach (ScopeSnapshot child in scope.Children)
            {
                waiting.Push(child);
            }
        }
    }
}
