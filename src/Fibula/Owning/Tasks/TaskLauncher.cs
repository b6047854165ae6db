namespace Fibula;

/// <summary>How tasks get into a scope and begin.</summary>
internal static class TaskLauncher
{
    /// <summary>Takes a task in and launches it; a refused one stays as it is, canceled.</summary>
    public static TTask Start<TTask>(TaskScope scope, TTask task, bool onPool, BackgroundTask? parent = null)
        where TTask : BackgroundTask
    {
        bool beginsNow = !onPool && TaskRun.CanBeginHere(task);
        if (!Admit(scope, task, parent, beginsNow))
        {
            return task;
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

        return task;
    }

    /// <summary>Takes in a part of a task's work, and begins it at once on the calling thread.</summary>
    public static TTask StartPart<TTask>(TTask part, BackgroundTask parent)
        where TTask : BackgroundTask
    {
        if (Admit(parent.Scope, part, parent, beginsNow: true))
        {
            BeginHere(part, SynchronizationContext.Current);
        }

        return part;
    }

    /// <summary>Takes over a task that runs already: in a closed scope it is a survivor from the start.</summary>
    /// <param name="scope">The owner.</param>
    /// <param name="handle">Stands for the task.</param>
    /// <param name="foreign">The task.</param>
    /// <param name="cancel">How to tell it to cancel; null where there is no way.</param>
    public static TTask Adopt<TTask>(TaskScope scope, TTask handle, Task foreign, Action? cancel)
        where TTask : BackgroundTask
    {
        handle.Adopt(cancel);
        Watch(scope, handle, foreign);
        return handle;
    }

    /// <summary>Takes over a task whose caller has dropped it. A close abandons it: nobody can tell it, and nobody said that it may hold up a window.</summary>
    public static void OwnForgotten(TaskScope scope, Task task, CallSite site, bool isObserved)
    {
        var handle = new BackgroundTask(scope, work: null, options: null, site);
        if (isObserved)
        {
            handle.MarkObserved();
        }

        Watch(scope, handle, task);
    }

    /// <summary>Takes over the life of a root on another loop. Where the scope takes nobody in any more, that is closed at once.</summary>
    public static void Join(TaskScope owner, TaskScope root, IOwningApp? app)
    {
        var joined = new JoinedRoot(owner, root, app);
        root.Tree.Joined = joined;
        root.Tree.Pin();
        if (Admit(owner, joined, parent: null, beginsNow: true))
        {
            NotifyOfStart(joined);
            TaskRun.WatchForeign(joined, joined.Closed);
        }

        if (joined.IsCancelRequested)
        {
            joined.CloseRoot(within: null);
        }
    }

    /// <summary>Starts work that says itself when it is ready, and waits for that.</summary>
    public static Task<(BackgroundTask Task, T Value)> StartUntilReadyAsync<T>(
        TaskScope scope,
        Func<TaskContext, Action<T>, Task> work,
        TaskOptions? options,
        CallSite site,
        BackgroundTask? parent,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var readiness = new Readiness<T>();
        var task = new BackgroundTask(scope, readiness.Wrap(work), options, site.Of(work));
        readiness.Follow(task, cancellationToken);
        Start(scope, task, onPool: false, parent);
        return readiness.WaitAsync();
    }

    /// <summary>Tells of a run of a command that was taken in, and waits until it is told to begin.</summary>
    public static void Announce(BackgroundTask run)
    {
        NotifyOfStart(run);
        TaskRun.ListenToCaller(run);
    }

    /// <summary>Takes a new task in; a scope that is closed, or closing and asked from outside, ends it as canceled instead.</summary>
    /// <returns>False if the task was refused.</returns>
    public static bool Admit(TaskScope scope, BackgroundTask task, BackgroundTask? parent, bool beginsNow)
    {
        BackgroundTask? starter = parent ?? AmbientTask.CurrentTask;
        AdmitResult result;
        ScopeNode nearest;
        do
        {
            result = scope.Tree.Admit(task, scope, parent, starter, beginsNow, scope.Tree.ReadClock(), out nearest);
        }
        while (result == AdmitResult.OtherClock);

        return CompleteAdmission(task, parent, result, nearest);
    }

    /// <summary>Outside every lock, after <see cref="TaskTree.Admit"/>: a refused task ends as canceled.</summary>
    /// <returns>False if the task was refused.</returns>
    public static bool CompleteAdmission(BackgroundTask task, BackgroundTask? parent, AdmitResult result, ScopeNode nearest)
    {
        if (result == AdmitResult.AdmittedWhileClosing && !task.IsCancelRequested)
        {
            // It has a time of its own, which the close does not know yet.
            ScopeCloser.Advance(task.Scope);
        }

        if (result is AdmitResult.Admitted or AdmitResult.AdmittedWhileClosing)
        {
            return true;
        }

        string scope = nearest.Scope.Name;
        task.Refuse(result == AdmitResult.ParentEnded
            ? task.Tree.NewReason(
                $"'{parent!.Name}'",
                $"'{parent.Name}' has ended and takes no new children. Start '{task.Name}' before it ends, or in a scope.")
            : task.Tree.NewReason(
                $"scope '{scope}'",
                $"Scope '{scope}' {(result == AdmitResult.Closing ? "is closing" : "is closed")} and takes no new tasks. "
                + $"Start '{task.Name}' earlier, or in a scope that lives longer."));
        return false;
    }

    private static void Watch(TaskScope scope, BackgroundTask handle, Task foreign)
    {
        BackgroundTask? starter = AmbientTask.CurrentTask;
        AdmitResult result;
        do
        {
            result = scope.Tree.Adopt(handle, scope, starter, scope.Tree.ReadClock());
        }
        while (result == AdmitResult.OtherClock);

        NotifyOfStart(handle);
        TaskRun.WatchForeign(handle, foreign);
        if (result == AdmitResult.Closed)
        {
            handle.RequestCancel(scope.Tree.NewReason($"scope '{scope.Name}'", $"Scope '{scope.Name}' was closed before it was given '{handle.Name}'."));
        }
    }

    private static void BeginHere(BackgroundTask task, SynchronizationContext? context)
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

    // Returns true if one of those who were told has canceled the task: then it must not begin.
    private static bool NotifyOfStart(BackgroundTask task)
    {
        task.Tree.NotifyChanged();
        return task.Scope.RaiseTaskStarted(task);
    }
}
