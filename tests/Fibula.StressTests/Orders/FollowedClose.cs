namespace Fibula.StressTests.Orders;

/// <summary>One request to close a scope, and the rules for its report.</summary>
internal sealed class FollowedClose
{
    private readonly OrderWorld _world;
    private readonly Task<CloseReport> _close;
    private int _completed;

    // On the loop: what awaits the report there sees what the user has been shown.
    public FollowedClose(OrderWorld world, TaskScope scope, Task<CloseReport> close, List<FollowedTask> followed)
    {
        (_world, Scope, _close) = (world, scope, close);
        close.GetAwaiter().UnsafeOnCompleted(() => world.Guard(() => OnCompleted(followed)));
    }

    public TaskScope Scope { get; }

    public bool IsOver => _close.IsCompleted;

    public void CheckAtEnd(List<FollowedTask> followed)
    {
        Rule.Check(_completed == 1, $"The close of '{Scope.Name}' was completed {_completed} times.");
        CheckReport(followed);
    }

    private void OnCompleted(List<FollowedTask> followed)
    {
        _completed++;

        foreach (FollowedTask task in followed)
        {
            if (task.Task.Scope == Scope && task.Home == Scope)
            {
                task.CheckShown();
            }
        }

        CheckReport(followed);
    }

    private void CheckReport(List<FollowedTask> followed)
    {
        CloseReport report = _close.Result;
        FollowedTask[] own = [.. followed.Where(task => _world.IsWithin(task.Home, Scope))];
        Rule.Check(report.StartedCount == own.Length, $"'{Scope.Name}' has had {own.Length} tasks, and its report says: {report}");
        Rule.Check(report.LostCount == 0, $"'{Scope.Name}' has lost a task: {report}");
        CheckCount(report, report.SucceededCount, own, BackgroundTaskState.Succeeded);
        CheckCount(report, report.CanceledCount, own, BackgroundTaskState.Canceled);
        CheckCount(report, report.FaultedCount, own, BackgroundTaskState.Faulted);
        string[] named = [.. report.Ended.Concat(report.Canceled).Concat(report.Survivors).Concat(report.Abandoned).Select(entry => entry.Name)];
        Rule.Check(named.Distinct().Count() == named.Length, $"The report of '{Scope.Name}' names a task twice: {string.Join(", ", named)}");
    }

    // The living may have ended since.
    private static void CheckCount(CloseReport report, int count, FollowedTask[] own, BackgroundTaskState state)
    {
        int ended = own.Count(task => task.Task.State == state);
        Rule.Check(ended >= count && ended <= count + report.LivingCount, $"{ended} tasks are {state}, and the report says: {report}");
    }
}
