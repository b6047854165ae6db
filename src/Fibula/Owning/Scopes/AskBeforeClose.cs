namespace Fibula;

/// <summary>Asks about the tasks whose policy is <see cref="ClosePolicy.Ask"/>, and applies the answer.</summary>
/// <param name="name">The name of the window or app to close.</param>
/// <param name="scopes">The scopes that would close.</param>
/// <param name="isExit">Whether the app exits.</param>
internal sealed class AskBeforeClose(string name, IReadOnlyList<ScopeNode> scopes, bool isExit)
{
    // The tasks at the time of the question. Their children have the same policy, and are decided with them.
    private readonly ITaskNode[] _asking =
        [.. scopes.SelectMany(JoinedRoot.LiveTasksWithJoined).Where(static task => task.Node.IsToBeAskedAbout)];

    /// <summary>Asks about the tasks of scopes of one tree, before they close.</summary>
    /// <returns>False if the scopes stay open, also if asking has failed.</returns>
    public static async Task<bool> AskAsync(ScopeNode root, string name, IReadOnlyList<ScopeNode> scopes, bool isExit = false)
    {
        var question = new AskBeforeClose(name, scopes, isExit);
        if (question.IsMoot || root.Tree.Loop is not { IsRunning: true })
        {
            return true;
        }

        var options = new TaskOptions { Name = $"Close '{name}'?", IsSystem = true };
        BackgroundTask<bool> asking = ((TaskScope)root.Handle).Run(task => question.MayCloseAsync(root, task.CancellationToken), options, file: null, line: 0);

        // Not by awaiting it: an error is reported like that of any unobserved task.
        await new LoopWait(root.Tree, asking.Node.EndSignal());

        // If the app exits while the question is open, everything closes. If only the question was canceled, there is no answer.
        if (asking.Node.IsCancelRequested && question.HasUnasked && root.State == ScopeState.Open)
        {
            return false;
        }

        return asking.State == BackgroundTaskState.Canceled || (asking.State == BackgroundTaskState.Succeeded && ((ITaskResult<bool>)asking).Result);
    }

    /// <summary>There is nothing to ask about.</summary>
    private bool IsMoot => Array.TrueForAll(_asking, static task => task.Node.IsCompleted);

    /// <summary>Whether some of the tasks still run without a request to cancel.</summary>
    private bool HasUnasked => Array.Exists(_asking, static task => !task.Node.IsCompleted && !task.Node.IsCancelRequested);

    /// <summary>On the UI thread: asks, and prepares the tasks for the close.</summary>
    /// <returns>False if nothing closes.</returns>
    private async Task<bool> MayCloseAsync(ScopeNode root, CancellationToken cancellationToken)
    {
        if (IsMoot)
        {
            return true;
        }

        CloseAnswer answer = await AskAsync(root, cancellationToken).ConfigureAwait(true);
        if (!Enum.IsDefined(answer))
        {
            throw new InvalidOperationException($"The question about '{name}' was answered with '{answer}'. Answer with one of CloseQuestion.Answers.");
        }

        if (isExit && answer == CloseAnswer.KeepRunning)
        {
            throw new InvalidOperationException($"'{name}' exits, so nothing can keep running in it. Answer with one of CloseQuestion.Answers.");
        }

        if (answer == CloseAnswer.KeepRunning && Array.Find(_asking, task => task.Tree != root.Tree) is { } elsewhere)
        {
            throw new InvalidOperationException(
                $"'{elsewhere.Node.Name}' is on another UI thread, which ends with '{name}', so it cannot keep running. Answer with one of CloseQuestion.Answers.");
        }

        if (answer != CloseAnswer.Stay)
        {
            Apply(answer, root);
        }

        return answer != CloseAnswer.Stay;
    }

    private async Task<CloseAnswer> AskAsync(ScopeNode root, CancellationToken cancellationToken)
    {
        using var takenBack = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CloseQuestion question = NewQuestion(root.Tree, takenBack.Token);
        using QuestionClock clock = question.Clock;
        var ended = Task.WhenAll(_asking.Select(static task => task.Node.EndSignal()));
        Task<CloseAnswer> answer = Put(question, root.Tree.Loop!) ?? throw ReturnedTask.IsNull("The question about", name);
        await Task.WhenAny(answer, ended).ConfigureAwait(true);
        if (answer.IsCompleted)
        {
            return await answer.ConfigureAwait(true);
        }

        // The token closes the dialog. No scope owns it, since a report would name a dialog that is only closing.
        ITaskNode asking = AmbientTask.CurrentTask!;
        _ = answer.ContinueWith(
            failed => asking.ReportFault(failed.Exception!.InnerException!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

        // Not CancelAsync, which needs a pool thread.
        takenBack.Cancel();
        return CloseAnswer.Cancel;
    }

    private CloseQuestion NewQuestion(TaskTree tree, CancellationToken cancellationToken)
    {
        BackgroundTask[] shown = [.. _asking.Where(task => !task.Node.IsCompleted && !_asking.Contains(task.Node.Parent)).Cast<BackgroundTask>()];
        return new CloseQuestion(name, isExit, shown, tree, cancellationToken);
    }

    private static Task<CloseAnswer> Put(CloseQuestion question, UiLoop loop) =>
        (loop.Owner as IAsksBeforeClose ?? (IToolkit)loop).AskAsync(question);

    private void Apply(CloseAnswer answer, ScopeNode root)
    {
        foreach (ITaskNode task in _asking)
        {
            if (answer == CloseAnswer.KeepRunning && !task.Node.IsBound)
            {
                TaskLauncher.Move(task, root);
            }
            else if (answer == CloseAnswer.Wait)
            {
                task.Node.Extras!.OnClose = ClosePolicy.Finish(Timeout.InfiniteTimeSpan);
            }
        }
    }
}
