namespace Fibula;

/// <summary>The runs of one piece of work that runs while its view is shown.</summary>
internal sealed class ShownRuns<TKey>(ObservableValue<TKey> key, Func<TKey, TaskContext, Task> work, string name)
{
    // Hidden ──shown──► Running ──hidden, other key──► Stopping ──ended──► Hidden, or Running again
    //                      └──ended without a request──► Done ──hidden, other key──► Hidden, or Running
    //
    // All of this happens in the task's own code, on the UI thread. Changes, on any thread, only complete _changed.
    private TaskCompletionSource _changed = New();

    public async Task RunAsync(TaskContext task)
    {
        ITaskNode self = AmbientTask.CurrentTask!;
        TaskTree tree = self.Tree;
        tree.ShownChanged += Notify;
        key.Changed += Notify;
        CancellationTokenRegistration told = task.CancellationToken.UnsafeRegister(static runs => ((ShownRuns<TKey>)runs!).Notify(), this);
        try
        {
            while (true)
            {
                TaskScopeExtensions.BeginPause(self);
                self.Node.WaitsFor = new WaitReason("its view to be shown");
                await UntilAsync(() => IsShown(self), task).ConfigureAwait(true);
                TaskScopeExtensions.EndPause(self);
                await RunOnceAsync(self, task).ConfigureAwait(true);
            }
        }
        finally
        {
            told.Unregister();
            key.Changed -= Notify;
            tree.ShownChanged -= Notify;
        }
    }

    private async Task RunOnceAsync(ITaskNode self, TaskContext task)
    {
        TKey value = key.Value;
        bool IsOver() => !IsShown(self) || !EqualityComparer<TKey>.Default.Equals(key.Value, value);

        BackgroundTask run = task.Run(child => work(value, child), new TaskOptions { Name = name }, file: null, line: 0);
        self.Node.Extras!.CurrentRun = run;
        Task ended = run.Node.EndSignal();
        _ = ended.ContinueWith(_ => Notify(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task change = NextChange();
        while (!ended.IsCompleted && !IsOver() && !task.CancellationToken.IsCancellationRequested)
        {
            await change.ConfigureAwait(true);
            change = NextChange();
        }

        bool isStopped = !ended.IsCompleted;
        if (isStopped)
        {
            TaskEffectRunner.RequestCancel(run, self.CancelReason ?? NewReason(self));
            await ended.ConfigureAwait(true);
        }

        self.Node.Extras!.CurrentRun = null;
        if (run.State == BackgroundTaskState.Faulted)
        {
            await run.ConfigureAwait(true);
        }

        if (isStopped)
        {
            // Also where the view was shown again meanwhile.
            return;
        }

        TaskScopeExtensions.BeginPause(self);
        self.Node.WaitsFor = new WaitReason("its view to be hidden, or its key to change");
        await UntilAsync(IsOver, task).ConfigureAwait(true);
    }

    private async Task UntilAsync(Func<bool> isSo, TaskContext task)
    {
        while (true)
        {
            // Before the look: a change that comes after it is not missed.
            Task change = NextChange();
            task.ThrowIfCancellationRequested();
            if (isSo())
            {
                return;
            }

            await change.ConfigureAwait(true);
        }
    }

    private CancelReason NewReason(ITaskNode self) => IsShown(self)
        ? self.Tree.NewReason($"the key of '{name}'", $"'{name}' begins anew with another key.")
        : self.Tree.NewReason($"the view '{self.Node.Scope.Name}'", $"The view '{self.Node.Scope.Name}' is not shown any more.");

    private static bool IsShown(ITaskNode self)
    {
        ScopeNode? scope = self.Node.Scope;
        while (scope is { Handle: TaskScope { IsShown: true } })
        {
            scope = scope.Parent;
        }

        return scope is null;
    }

    private Task NextChange()
    {
        TaskCompletionSource changed = Volatile.Read(ref _changed);
        if (changed.Task.IsCompleted)
        {
            Interlocked.CompareExchange(ref _changed, New(), changed);
            changed = Volatile.Read(ref _changed);
        }

        return changed.Task;
    }

    private void Notify() => Volatile.Read(ref _changed).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
