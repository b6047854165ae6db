namespace Fibula;

/// <summary>The transitions of scopes: tasks that come and go, and the begin and end of a close. Every method is called under the tree's gate, by <see cref="TaskTree"/> or by another transition.</summary>
internal static class ScopeTransitions
{
    /// <summary>Admits a new task. <see cref="TaskLauncher.CompleteAdmission"/> follows, outside every lock.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scope">Its owner, unless it has a parent.</param>
    /// <param name="parent">The task that ends only after it; null for none.</param>
    /// <param name="starter">The live task in whose flow it is started; null for none.</param>
    /// <param name="beginsNow">It is started on the calling thread.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <param name="nearest">The scope that decides.</param>
    public static AdmitResult Admit(
        ITaskNode task, ScopeNode scope, ITaskNode? parent, ITaskNode? starter, bool beginsNow, long now, out ScopeNode nearest)
    {
        // A child is where its parent is, which may have moved since it was asked.
        ScopeNode home = parent?.Node.Scope ?? scope;
        ScopeState state = home.StateBy(out nearest);
        if (parent is { Node.IsCompleted: true })
        {
            return AdmitResult.ParentEnded;
        }

        ScopeNode? ending = state == ScopeState.Closing ? home.EndingAncestor : null;
        AdmitResult result = ClosePlan.Admit(state, ending is not null, IsFromInside(starter, nearest));
        if (result is AdmitResult.Closed or AdmitResult.Closing)
        {
            nearest = ending ?? nearest;
            return result;
        }

        ITaskNode? canceler = parent is not null || result == AdmitResult.AdmittedWhileClosing ? starter : null;
        TaskTransitions.Join(task, home, parent, starter, canceler, nearest.Closing?.Reason, beginsNow, now);
        home.Add(task);
        return result;
    }

    /// <summary>Takes over a task that already runs, in any state of the scope. In a closed scope it is a survivor from the start.</summary>
    public static AdmitResult Adopt(ITaskNode task, ScopeNode scope, ITaskNode? starter, long now)
    {
        AdmitResult result = ClosePlan.Admit(scope.State, scope.EndingAncestor is not null, isFromInside: true);
        TaskTransitions.Join(task, scope, parent: null, starter, canceler: null, closeReason: null, beginsNow: true, now);
        scope.Add(task);
        if (result == AdmitResult.Closed)
        {
            _ = LeaveBehind(task);
        }

        return result;
    }

    /// <summary>A task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="node">Its state.</param>
    /// <param name="isShown">It has queued callbacks for a view; <see cref="ScopeNode.EndShown"/> follows.</param>
    /// <returns>The closes that were waiting for it alone; null for none.</returns>
    public static List<CloseState>? Remove(ITaskNode task, ref TaskNode node, bool isShown)
    {
        if (!node.IsLeftBehind)
        {
            return node.Scope.Remove(task, node.State, isShown);
        }

        TaskTree tree = node.Scope.Tree;
        tree.Survivors.Remove(task);
        node.Extras!.LeftScope!.OnEnded(CloseLedger.EntryOf(task, node.State, node.Reason, now: 0));
        tree.UnregisterIfIdle();
        return null;
    }

    /// <summary>A close is asked for.</summary>
    /// <param name="closing">The close that begins if none has begun before.</param>
    /// <param name="within">Another upper limit; null for none.</param>
    /// <param name="callers">The task that requests the close and the tasks that started it, if it waits for the other tasks only.</param>
    /// <param name="now">The <see cref="Clocks.ExactTicks"/> of the tree's clock.</param>
    public static CloseStart BeginClose(CloseState closing, TimeSpan? within, IEnumerable<ITaskNode> callers, long now)
    {
        ScopeNode scope = closing.Scope;
        bool concernsFollowers = scope.BeginClosing(closing, now) && !scope.Tree.Followers.IsEmpty;
        if (concernsFollowers)
        {
            scope.BeginShown();
        }

        CloseState first = scope.Closing!;
        first.Limit(within, now);
        return new CloseStart(first, first.Ledger.Wait(callers) ?? first.Completion, IsNew: first == closing, concernsFollowers);
    }

    /// <summary>Gives a task up: the close no longer waits for it.</summary>
    /// <returns>A parent that no longer waits for it either; null for none.</returns>
    public static ITaskNode? LeaveBehind(CloseState closing, ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        if (node.IsCompleted || node.IsLeftBehind || !node.Scope.IsWithin(closing.Scope))
        {
            return null;
        }

        closing.Ledger.NoteLeft(node.Scope);
        return LeaveBehind(task);
    }

    /// <summary>Ends a close. Tasks that still run become survivors, which belong to the root.</summary>
    /// <returns>Null if it has ended before.</returns>
    public static CloseEnd? EndClose(CloseState closing, ICancelRequest request, TaskWalk? walk, long now, TimeSpan duration)
    {
        if (closing.IsEnded)
        {
            return null;
        }

        ScopeNode scope = closing.Scope;
        TaskTree tree = scope.Tree;
        List<ITaskNode>? parents = LeaveAllBehind(closing);
        CloseReportEntries entries = closing.Ledger.Write(out List<TaskCompletionSource<CloseReport>>? insiders);
        if (scope.HasSurvivors)
        {
            NameSurvivors(scope, entries, now);
        }

        tree.Survivors.EndNaming(scope);
        CloseReport report = NewReport(closing, entries, duration);
        walk?.Stop();
        tree.Requests.End(request);
        ITimer? nextLook = null;
        if (scope.Parent is null)
        {
            nextLook = tree.TakeNextLook();
        }

        scope.BecomeClosed();
        return new CloseEnd(report, parents, insiders, closing.End(), nextLook);
    }

    /// <summary>The report of a close that is still in progress.</summary>
    public static CloseReport Report(CloseState closing, long now, TimeSpan duration)
    {
        CloseReportEntries entries = closing.Ledger.Draft();
        if (!closing.Ledger.IsWritten)
        {
            closing.Scope.LiveTasks().ForEach(task => entries.Add(TaskTransitions.EntryOf(task, now)));
            if (closing.Scope.HasSurvivors)
            {
                NameSurvivors(closing.Scope, entries, now);
            }
        }

        return NewReport(closing, entries, duration);
    }

    // The task belongs to the root from now on, which lists it until it ends. An abandoned child does not hold its parent, which is returned.
    private static ITaskNode? LeaveBehind(ITaskNode task)
    {
        ScopeNode scope = task.Node.Scope;
        scope.LeaveBehind(task);
        ITaskNode? parent = TaskTransitions.LeaveBehind(task);
        task.Tree.Survivors.Add(task);
        scope.DetachIdleScopes();
        return parent;
    }

    private static List<ITaskNode>? LeaveAllBehind(CloseState closing)
    {
        if (closing.Scope.IsIdle)
        {
            return null;
        }

        var parents = new List<ITaskNode>();
        foreach (ITaskNode survivor in closing.Scope.LiveTasks())
        {
            if (LeaveBehind(closing, survivor) is { } parent)
            {
                parents.Add(parent);
            }
        }

        return parents;
    }

    private static bool IsFromInside(ITaskNode? starter, ScopeNode closing) =>
        starter is { Node.IsCompleted: false } && starter.Node.Scope.Context == closing.Context && starter.Node.Scope.IsWithin(closing);

    private static void NameSurvivors(ScopeNode scope, CloseReportEntries entries, long now) =>
        scope.Tree.Survivors.AddTo(entries, scope, task => TaskTransitions.EntryOf(task, now));

    private static CloseReport NewReport(CloseState closing, CloseReportEntries entries, TimeSpan duration)
    {
        ScopeNode scope = closing.Scope;
        TaskCounts counts = scope.Counts;
        return new CloseReport(scope.Name, closing.Reason, entries, counts, scope.LiveCount + counts.Left, duration);
    }
}
