namespace Fibula;

/// <summary>Until when the tasks of one close are waited for: each as long as its children, and as the tasks around its shields. Belongs to the pass of the close.</summary>
internal struct CloseDeadlines
{
    // Of tasks whose children have more time than they: the latest deadline of these.
    private Dictionary<BackgroundTask, TimeSpan>? _ofChildren;

    /// <summary>When a task is given up.</summary>
    public readonly TimeSpan Of(BackgroundTask task, ClosePlan plan)
    {
        TimeSpan others = OfChildren(task);
        for (BackgroundTask? shielded = task.Shield?.Parent; shielded is not null; shielded = shielded.Shield?.Parent)
        {
            others = ClosePlan.Max(others, ClosePlan.Max(Own(shielded, plan), OfChildren(shielded)));
        }

        return plan.GiveUpAt(Own(task, plan), others);
    }

    /// <summary>A task is waited for: those that end after it have at least as much time.</summary>
    public void GiveToParents(BackgroundTask task, TimeSpan deadline, ClosePlan plan)
    {
        for (BackgroundTask? parent = task.Parent; parent is not null && Own(parent, plan) < deadline; parent = parent.Parent)
        {
            _ofChildren ??= [];
            if (_ofChildren.GetValueOrDefault(parent) >= deadline)
            {
                return;
            }

            _ofChildren[parent] = deadline;
        }
    }

    private static TimeSpan Own(BackgroundTask task, ClosePlan plan) => plan.OwnDeadline(task.CloseTerms, task.TimeToFinish);

    private readonly TimeSpan OfChildren(BackgroundTask task) => _ofChildren?.GetValueOrDefault(task) ?? TimeSpan.Zero;
}
