namespace Workbench;

/// <summary>Which files stay and which go, by all tasks of the app that move files now. <b>Threads</b>: any.</summary>
internal sealed class MovePlans
{
    // Guards the list and what is in it.
    private readonly Lock _gate = new();
    private readonly List<MovePlan> _plans = [];

    /// <summary>Takes a plan in, without what contradicts an earlier one. Dispose of it when its files are moved.</summary>
    public MovePlan Begin(IReadOnlyList<DuplicateChoice> choices)
    {
        var plan = new MovePlan(this);
        lock (_gate)
        {
            foreach (DuplicateChoice choice in choices)
            {
                plan.Add(choice, _plans);
            }

            _plans.Add(plan);
        }

        return plan;
    }

    /// <summary>Takes the plan out: its files are moved, or stay.</summary>
    public void End(MovePlan plan)
    {
        lock (_gate)
        {
            _plans.Remove(plan);
        }
    }
}
