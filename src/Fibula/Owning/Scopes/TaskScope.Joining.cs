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
            result = TryAdmit(task, parent, starter, beginsNow, now, out nearest);
        }
        while (result == AdmitResult.OtherClock);

        return CompleteAdmission(task, parent, result, nearest);
    }

    /// <summary>Outside every lock, after <see cref="TryAdmit"/>: a refused task ends as canceled.</summary>
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

    /// <summary>Takes a new task in, if the clock that was read is still the tree's: the tree's gate is all that is taken. <see cref="CompleteAdmission"/> follows.</summary>
    internal AdmitResult TryAdmit(
        BackgroundTask task, BackgroundTask? parent, BackgroundTask? starter, bool beginsNow, Moment now, out TaskScope nearest)
    {
        lock (Tree.Gate)
        {
            // A child is where its parent is, which may have moved since it was asked.
            TaskScope home = parent?.Scope ?? this;
            ScopeState state = home.StateForNewcomers(out nearest);
            if (!Tree.IsCurrent(now))
            {
                return AdmitResult.OtherClock;
            }

            if (parent is { IsCompleted: true })
            {
                return AdmitResult.ParentEnded;
            }

            bool isInside = starter is { IsCompleted: false } && starter.Tree == Tree && starter.Scope.IsWithin(nearest);
            if (state == ScopeState.Closed || (state == ScopeState.Closing && !isInside))
            {
                return state == ScopeState.Closed ? AdmitResult.Closed : AdmitResult.Closing;
            }

            BackgroundTask? canceler = parent ?? (state == ScopeState.Closing ? starter : null);
            task.Join(home, parent, starter, canceler, nearest._closing?.Reason, beginsNow, now.Ticks);
            home.Add(task);
            return state == ScopeState.Closing ? AdmitResult.AdmittedWhileClosing : AdmitResult.Admitted;
        }
    }

    // Under the gate. A close that looks at no newcomers any more takes in as few as one that is over.
    private ScopeState StateForNewcomers(out TaskScope decisive)
    {
        ScopeState state = StateUnderGate(out decisive);
        for (TaskScope? scope = state == ScopeState.Closing ? this : null; scope is not null; scope = scope.Parent)
        {
            if (scope._closing is { IsEnding: true })
            {
                decisive = scope;
                return ScopeState.Closed;
            }
        }

        return state;
    }

    /// <summary>Takes in a task that runs already, whatever the state of the scope: in a closed one it is a survivor from the start.</summary>
    /// <returns>False if the scope is closed.</returns>
    internal bool AdmitForeign(BackgroundTask task)
    {
        BackgroundTask? starter = AmbientTask.CurrentTask;
        while (true)
        {
            Moment now = Tree.ReadClock();
            lock (Tree.Gate)
            {
                if (!Tree.IsCurrent(now))
                {
                    continue;
                }

                ScopeState state = StateForNewcomers(out _);
                task.Join(this, parent: null, starter, canceler: null, closeReason: null, beginsNow: true, now.Ticks);
                Add(task);
                if (state == ScopeState.Closed)
                {
                    _ = LeaveBehind(task, now.Ticks);
                }

                return state != ScopeState.Closed;
            }
        }
    }
}
