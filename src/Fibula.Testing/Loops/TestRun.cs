using System.Globalization;
using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>One run of a <see cref="TestLoop"/>: how long it takes, and what keeps it going.</summary>
/// <param name="loop">The loop.</param>
/// <param name="time">The loop's virtual clock; null where it has none, and the run has no limit.</param>
internal sealed class TestRun(TestLoop loop, VirtualTimeProvider? time)
{
    private const int MostTasks = 8;
    private const int MostLateTurns = 100;

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly DateTimeOffset _virtualBegan = time?.GetUtcNow() ?? default;
    private int _lateTurns;

    /// <summary>Between turns: throws once the patience of the loop is used up.</summary>
    public void ThrowIfOverdue()
    {
        if (time is null || loop.Patience == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(_began) < loop.Patience)
        {
            return;
        }

        // The work whose timer has just rung makes its next one in the next turns: only then it can be named. Endless posts make none.
        (TimeSpan? next, List<TaskScope> scopes) = time.WaitingTimers();
        if (next is not null || ++_lateTurns > MostLateTurns)
        {
            throw Overdue(time.GetUtcNow() - _virtualBegan, next, scopes);
        }
    }

    private TimeoutException Overdue(TimeSpan passed, TimeSpan? next, List<TaskScope> scopes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The test has run for {loop.Patience.TotalSeconds:0.###} s of real time, and what it waits for has not happened, although virtual time has gone on by {Text(passed)}.{Timer(next)}{Tasks(scopes)} Cancel repeated work before the run, wait for something else, or set a longer Patience for a long simulation."));

    private static string Timer(TimeSpan? next) => next is { } due ? $" A timer is due in {Text(due)}." : string.Empty;

    private string Tasks(List<TaskScope> scopes)
    {
        if (loop.App is { } app)
        {
            scopes.Add(app.Tasks);
        }

        List<TaskSnapshot> live = [.. scopes.SelectMany(static scope => TaskLeaks.TasksIn(scope.Snapshot())).DistinctBy(static task => task.Id)];
        if (live.Count == 0)
        {
            return string.Empty;
        }

        IEnumerable<string> names = live.Take(MostTasks).Select(static task => $"'{task.Name}' in '{task.ScopeName}' (waits for {task.WaitsFor})");
        return $" Live tasks: {string.Join("; ", names)}{(live.Count > MostTasks ? "; …" : string.Empty)}.";
    }

    private static string Text(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s") : $"{time}";
}
