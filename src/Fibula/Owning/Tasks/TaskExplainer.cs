using System.Globalization;

namespace Fibula;

/// <summary>Builds the sentence that explains a task.</summary>
internal static class TaskExplainer
{
    /// <inheritdoc cref="BackgroundTask.Explain"/>
    public static string Explain(ITaskNode handle)
    {
        DateTimeOffset utcNow = handle.Tree.TimeProvider.GetUtcNow();
        TaskFacts task = handle.Tree.Read(handle, handle.Tree.Now());
        string elapsed = Seconds(task.Age);
        return Printable.Line(task.State switch
        {
            BackgroundTaskState.Queued => $"'{handle.Node.Name}' was queued {elapsed} ago in '{handle.Node.HomeName}' and waits for {handle.Node.DescribeWait(task.KnownWait)}.",
            BackgroundTaskState.Running => $"'{handle.Node.Name}' was started {elapsed} ago in '{handle.Node.HomeName}' and {Doing(task)}{HowItFailed(task)}",
            BackgroundTaskState.Canceling =>
                $"'{handle.Node.Name}' in '{handle.Node.HomeName}' was asked to cancel {Seconds(task.Reason!.Since(utcNow, task.Age))} ago by {task.Reason.RequestedBy} and {Doing(task)}{HowItFailed(task)}",
            BackgroundTaskState.Succeeded => $"'{handle.Node.Name}' succeeded after {elapsed}{Nevertheless(task)}.",
            BackgroundTaskState.Faulted => $"'{handle.Node.Name}' failed after {elapsed} with {task.Error!.GetType().Name}: {ErrorText.SentenceOf(task.Error)}",
            _ => $"'{handle.Node.Name}' was canceled {(task.IsBodyEnded ? $"after {elapsed}" : "before it began")} by {task.Reason!.RequestedBy}: {ErrorText.Sentence(task.Reason.Message)}",
        });
    }

    // Its children have not ended yet.
    private static string HowItFailed(TaskFacts task) => task is { HasFailed: true, Error: { } error }
        ? $"; it has failed with {error.GetType().Name}: {ErrorText.SentenceOf(error)}"
        : ".";

    private static string Nevertheless(TaskFacts task) => task.Reason is null ? string.Empty : $", although {task.Reason.RequestedBy} had told it to cancel";

    private static string Doing(TaskFacts task)
    {
        if (task.KnownWait is { } known)
        {
            return $"waits for {known}";
        }

        if (task.Body is Delegate)
        {
            // Until its first await, and blocking work to its end.
            return "runs at this moment";
        }

        return InnermostMethod.Of(task.Body as Task, out bool isRunning) is not { } method ? $"waits for {task.Task.Node.DescribeWait(known: null)}"
            : isRunning ? $"runs in '{method}' at this moment"
            : $"waits in '{method}'";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
