namespace Fibula;

/// <content>How a scope takes tasks in, and refuses them.</content>
public sealed partial class TaskScope
{
    /// <summary>Takes a new task in; a scope that is closed, or closing and asked from outside, ends it as canceled instead.</summary>
    /// <returns>False if the task was refused.</returns>
    internal bool Admit(BackgroundTask task, BackgroundTask? parent, bool beginsNow)
    {
        BackgroundTask? starter = parent ?? AmbientTask.CurrentTask;
        AdmitResult result;
        TaskScope nearest;
        do
        {
            Moment now = Tree.ReadClock();
            result = Tree.Admit(task, this, parent, starter, beginsNow, now, out nearest);
        }
        while (result == AdmitResult.OtherClock);

        return CompleteAdmission(task, parent, result, nearest);
    }

    /// <summary>Outside every lock, after <see cref="TaskTree.Admit"/>: a refused task ends as canceled.</summary>
    /// <returns>False if the task was refused.</returns>
    internal static bool CompleteAdmission(BackgroundTask task, BackgroundTask? parent, AdmitResult result, TaskScope nearest)
    {
        if (result is AdmitResult.Admitted or AdmitResult.AdmittedWhileClosing)
        {
            if (result == AdmitResult.AdmittedWhileClosing && !task.IsTold)
            {
                // It has a time of its own, which the close does not know yet.
                task.Scope.AdvanceClosings();
            }

            return true;
        }

        if (result == AdmitResult.ParentEnded)
        {
            task.Refuse(nearest.Tree.NewReason(
                $"'{parent!.Name}'",
                $"'{parent.Name}' has ended and takes no new children. Start '{task.Name}' before it ends, or in a scope."));
            return false;
        }

        string word = result == AdmitResult.Closing ? "is closing" : "is closed";
        task.Refuse(nearest.Tree.NewReason(
            $"scope '{nearest.Name}'",
            $"Scope '{nearest.Name}' {word} and takes no new tasks. Start '{task.Name}' earlier, or in a scope that lives longer."));
        return false;
    }

    /// <summary>Under the gate: takes a new task in. <see cref="CompleteAdmission"/> follows, outside every lock.</summary>
    /// <param name="task">The task.</param>
    /// <param name="parent">The task that ends only after it; null for none.</param>
    /// <param name="starter">The live task in whose flow it is started; null for none.</param>
    /// <param name="beginsNow">It is started on the calling thread.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <param name="nearest">The scope that decides.</param>
    internal AdmitResult AdmitUnderGate(
        BackgroundTask task, BackgroundTask? parent, BackgroundTask? starter, bool beginsNow, long now, out TaskScope nearest)
    {
        // A child is where its parent is, which may have moved since it was asked.
        TaskScope home = parent?.Scope ?? this;
        ScopeState state = home.StateUnderGate(out nearest);
        if (parent is { IsCompleted: true })
        {
            return AdmitResult.ParentEnded;
        }

        TaskScope? ending = state == ScopeState.Closing ? home.EndingAncestor : null;
        bool isFromInside = starter is { IsCompleted: false } && starter.Tree == Tree && starter.Scope.IsWithin(nearest);
        AdmitResult result = ClosePlan.Admit(state, ending is not null, isFromInside);
        if (result is AdmitResult.Closed or AdmitResult.Closing)
        {
            nearest = ending ?? nearest;
            return result;
        }

        BackgroundTask? canceler = parent ?? (result == AdmitResult.AdmittedWhileClosing ? starter : null);
        task.Join(home, parent, starter, canceler, nearest._closing?.Reason, beginsNow, now);
        home.Add(task);
        return result;
    }

    /// <summary>Under the gate: takes in a task that runs already, whatever the state of the scope: in a closed one it is a survivor from the start.</summary>
    internal AdmitResult AdoptUnderGate(BackgroundTask task, BackgroundTask? starter, long now)
    {
        ScopeState state = StateUnderGate(out _);
        AdmitResult result = ClosePlan.Admit(state, state == ScopeState.Closing && EndingAncestor is not null, isFromInside: true);
        task.Join(this, parent: null, starter, canceler: null, closeReason: null, beginsNow: true, now);
        Add(task);
        if (result == AdmitResult.Closed)
        {
            _ = LeaveBehind(task, now);
        }

        return result;
    }

    // Under the gate. This scope, or one around it, whose close looks at no newcomers any more.
    private TaskScope? EndingAncestor
    {
        get
        {
            TaskScope? scope = this;
            while (scope is not null and not { _closing.IsEnding: true })
            {
                scope = scope.Parent;
            }

            return scope;
        }
    }

    /// <summary>Takes in a task that runs already.</summary>
    /// <returns>False if the scope is closed.</returns>
    internal bool AdmitForeign(BackgroundTask task)
    {
        BackgroundTask? starter = AmbientTask.CurrentTask;
        AdmitResult result;
        do
        {
            result = Tree.Adopt(task, this, starter, Tree.ReadClock());
        }
        while (result == AdmitResult.OtherClock);

        return result != AdmitResult.Closed;
    }
}
