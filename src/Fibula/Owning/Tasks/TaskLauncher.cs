namespace Fibula;

/// <summary>Admits tasks to scopes and starts them.</summary>
internal static class TaskLauncher
{
    /// <summary>Admits a task and starts it. A refused task ends as canceled.</summary>
    public static TTask Start<TTask>(TTask task, bool onPool, ITaskNode? parent = null)
        where TTask : class, ITaskNode
    {
        Start((ITaskNode)task, onPool, parent);
        return task;
    }

    /// <summary>Admits a part of a task's work, and begins it immediately on the calling thread.</summary>
    public static TTask StartPart<TTask>(TTask part, ITaskNode parent)
        where TTask : class, ITaskNode
    {
        if (Admit(part, parent, beginsNow: true))
        {
            BeginHere(part, SynchronizationContext.Current);
        }

        return part;
    }

    /// <summary>Takes over a task that already runs. In a closed scope it is a survivor from the start.</summary>
    /// <param name="handle">The handle that represents the task.</param>
    /// <param name="foreign">The task.</param>
    public static void Adopt(ITaskNode handle, Task foreign)
    {
        ScopeNode scope = handle.Node.Scope;
        ITaskNode? starter = AmbientTask.CurrentTask;
        AdmitResult result;
        do
        {
            result = scope.Tree.Adopt(handle, scope, starter, scope.Tree.ReadClock());
        }
        while (result == AdmitResult.OtherClock);

        NotifyOfStart(handle);
        TaskRun.WatchForeign(handle, foreign);
        if (result == AdmitResult.AdmittedWhileClosing)
        {
            // As in CompleteAdmission.
            ScopeCloser.Advance(scope);
        }
        else if (result == AdmitResult.Closed)
        {
            TaskEffectRunner.RequestCancel(
                handle, scope.Tree.NewReason($"scope '{scope.Name}'", $"Scope '{scope.Name}' was closed before it was given '{handle.Node.Name}'."));
        }
    }

    /// <summary>Makes the handle represent a task that the program has started itself. Must precede the admission, after which it can be canceled.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="cancel">Cancels the task; null if it cannot be canceled.</param>
    public static void BecomeForeign(ITaskNode handle, Action? cancel)
    {
        TaskExtras extras = handle.Node.NeedExtras();
        extras.IsForeign = true;
        extras.CancelCallback = cancel;
    }

    /// <summary>Takes over a task that already runs, if the scope accepts tasks.</summary>
    /// <returns>False if it was refused or canceled.</returns>
    public static bool TryAdmitForeign(ITaskNode handle, Task foreign)
    {
        if (Admit(handle, parent: null, beginsNow: true))
        {
            NotifyOfStart(handle);
            TaskRun.WatchForeign(handle, foreign);
        }

        return !handle.Node.IsCancelRequested;
    }

    /// <summary>Announces a command's run after its admission. It begins later.</summary>
    public static void Announce(ITaskNode run)
    {
        NotifyOfStart(run);
        TaskRun.ListenToCaller(run);
    }

    /// <summary>Admits a new task. A closed scope, or a closing scope that is called from outside, ends it as canceled instead.</summary>
    /// <returns>False if the task was refused.</returns>
    public static bool Admit(ITaskNode task, ITaskNode? parent, bool beginsNow)
    {
        ScopeNode scope = task.Node.Scope;
        TaskTree tree = scope.Tree;
        ITaskNode? starter = parent ?? AmbientTask.CurrentTask;
        AdmitResult result;
        ScopeNode nearest;
        do
        {
            result = tree.Admit(task, scope, parent, starter, beginsNow, tree.ReadClock(), out nearest);
        }
        while (result == AdmitResult.OtherClock);

        return result == AdmitResult.Admitted || CompleteAdmission(task, parent, result, nearest);
    }

    /// <summary>Completes an admission outside every lock, after <see cref="TaskTree.Admit"/>. A refused task ends as canceled.</summary>
    /// <returns>False if the task was refused.</returns>
    public static bool CompleteAdmission(ITaskNode task, ITaskNode? parent, AdmitResult result, ScopeNode nearest)
    {
        if (result == AdmitResult.AdmittedWhileClosing && !task.Node.IsCancelRequested)
        {
            // It has its own deadline, which the close does not know yet.
            ScopeCloser.Advance(task.Node.Scope);
        }

        if (result is AdmitResult.Admitted or AdmitResult.AdmittedWhileClosing)
        {
            return true;
        }

        string scope = nearest.Name;
        Refuse(task, result == AdmitResult.ParentEnded
            ? task.Tree.NewReason(
                $"'{parent!.Node.Name}'",
                $"'{parent.Node.Name}' has ended and takes no new children. Start '{task.Node.Name}' before it ends, or in a scope.")
            : task.Tree.NewReason(
                $"scope '{scope}'",
                $"Scope '{scope}' {(result == AdmitResult.Closing ? "is closing" : "is closed")} and takes no new tasks. "
                + $"Start '{task.Node.Name}' earlier, or in a scope that lives longer."));
        return false;
    }

    /// <summary>Moves a task, with its children in the same scope, to another scope of its tree.</summary>
    /// <returns>False if it may not move; then nothing has changed.</returns>
    public static bool Move(ITaskNode task, ScopeNode scope)
    {
        var advance = new List<CloseState>();
        if (!scope.Tree.Move(task, scope, advance))
        {
            return false;
        }

        scope.Tree.NotifyChanged();
        advance.ForEach(static closing => closing.Driver?.Advance());
        return true;
    }

    /// <summary>Ends a task that was refused by its scope.</summary>
    public static void Refuse(ITaskNode task, CancelReason reason)
    {
        ref TaskNode node = ref task.Node;
        long now = task.Tree.Now();
        node.StartAt(now);
        node.EndAt(now);
        node.Reason = reason;
        node.Body = null;
        node.Ambient.Empty(node.Scope);
        node.Extras?.Leave();
        node.State = BackgroundTaskState.Canceled;
    }

    // Not generic: calls through an interface are faster then.
    private static void Start(ITaskNode task, bool onPool, ITaskNode? parent)
    {
        bool beginsNow = !onPool && TaskRun.CanBeginHere(task);
        if (!Admit(task, parent, beginsNow))
        {
            return;
        }

        if (beginsNow)
        {
            BeginHere(task, task.Tree.Loop!.Context);
        }
        else
        {
            NotifyOfStart(task);
            TaskRun.LaunchLater(task, onPool);
        }
    }

    private static void BeginHere(ITaskNode task, SynchronizationContext? context)
    {
        if (NotifyOfStart(task))
        {
            TaskEffectRunner.EndUnbegun(task);
        }
        else
        {
            TaskRun.LaunchHere(task, context);
        }
    }

    // Returns true if a handler has canceled the task: then it must not begin.
    private static bool NotifyOfStart(ITaskNode task)
    {
        task.Tree.NotifyChanged();
        return task.RaiseStarted();
    }
}
