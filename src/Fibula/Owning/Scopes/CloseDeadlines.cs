namespace Fibula;

/// <summary>Until when the tasks of one close are waited for: each as long as its children, and as the tasks around its shields. Belongs to the pass of the close.</summary>
internal struct CloseDeadlines
{
    // Of tasks whose children have more time than they: the latest deadline of these.
    private Dictionary<ITaskNode, TimeSpan>? _ofChildren;

    /// <summary>When a task is given up.</summary>
    public readonly TimeSpan Of(ITaskNode task, ClosePlan plan)
    {
        TimeSpan others = OfChildren(task);
        for (ITaskNode? shielded = task.Node.Shield?.Node.Parent; shielded is not null; shielded = shielded.Node.Shield?.Node.Parent)
        {
            others = ClosePlan.Max(others, ClosePlan.Max(Own(shielded, plan), OfChildren(shielded)));
        }

        return plan.GiveUpAt(Own(task, plan), others);
    }

    /// <summary>A task is waited for: those that end after it have at least as much time.</summary>
    public void GiveToParents(ITaskNode task, TimeSpan deadline, ClosePlan plan)
    {
        for (ITaskNode? parent = task.Node.Parent; parent is not null && Own(parent, plan) < deadline; parent = parent.Node.Parent)
        {
            _ofChildren ??= [];
            if (_ofChildren.GetValueOrDefault(parent) >= deadline)
            {
                return;
            }

            _ofChildren[parent] = deadline;
        }
    }

    private static TimeSpan Own(ITaskNode task, ClosePlan plan) => plan.OwnDeadline(task.Node.CloseTerms, task.Node.TimeToFinish);

    private readonly TimeSpan OfChildren(ITaskNode task) => _ofChildren?.GetValueOrDefault(task) ?? TimeSpan.Zero;
}
