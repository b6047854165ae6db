using System.Globalization;

namespace Fibula;

/// <content>What is said about a task.</content>
public partial class BackgroundTask
{
    private const string Outside = "something outside Fibula";

    /// <summary>Says in one sentence where the task stands: since when, who asked it to cancel, and what it waits for.</summary>
    /// <returns>A sentence in English. What the task waits for is named where it is known, in this order: another owned task; a wait of Fibula's; the innermost
    /// <c>async</c> method that the runtime lets us see; else "something outside Fibula".</returns>
    /// <remarks>Any thread. It looks into the work by reflection where nothing else is known: for people who ask, not for a list that is drawn all the time.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#explain">
    /// // 'Load' in 'Main' was told to cancel 2.0 s ago by MainWindow.Close and waits in 'Prices.DownloadAsync'.
    /// app.Tasks.Unresponsive += task => log.WriteLine(task.Explain());
    /// </code>
    /// </example>
    public string Explain()
    {
        lock (Tree.Gate)
        {
            return _state switch
            {
                BackgroundTaskState.Queued => $"'{Name}' was queued {Seconds(Elapsed)} ago in '{HomeName}' and waits for {DescribeWait()}.",
                BackgroundTaskState.Running => $"'{Name}' was started {Seconds(Elapsed)} ago in '{HomeName}' and {Doing()}.",
                BackgroundTaskState.Canceling => $"'{Name}' in '{HomeName}' was told to cancel {Seconds(ToldFor)} ago by {_reason!.RequestedBy} and {Doing()}.",
                BackgroundTaskState.Succeeded => $"'{Name}' succeeded after {Seconds(Elapsed)}{Nevertheless}.",
                BackgroundTaskState.Faulted => $"'{Name}' failed after {Seconds(Elapsed)} with {_error!.GetType().Name}: {_error.Message}",
                _ => $"'{Name}' was canceled {(_isBodyEnded ? $"after {Seconds(Elapsed)}" : "before it began")} by {_reason!.RequestedBy}: {_reason.Message}",
            };
        }
    }

    /// <summary>What the task waits for, without a look into the work.</summary>
    internal virtual string DescribeWait() => KnownWait ?? Outside;

    /// <summary>Under the gate: the same with that look.</summary>
    internal string DescribeWaitInDepth() => KnownWait ?? (InnermostMethod.Of(_body as Task, out _) is { } method ? $"'{method}'" : DescribeWait());

    /// <summary>How long ago the task was told to cancel.</summary>
    internal TimeSpan ToldFor
    {
        get
        {
            TimeSpan sinceAsked = Tree.TimeProvider.GetUtcNow() - _reason!.RequestedAt;
            return sinceAsked < Elapsed ? sinceAsked : Elapsed;
        }
    }

    private string Nevertheless => _reason is null ? string.Empty : $", although {_reason.RequestedBy} had told it to cancel";

    private string? KnownWait => WaitsFor switch
    {
        AmbientTask { Task: { } other } => $"'{other.Name}'",
        string wait => wait,
        _ => _state == BackgroundTaskState.Queued ? DescribeQueue() : null,
    };

    private string DescribeQueue() =>
        Tree.Loop is not { IsRunning: true } ? "the UI loop to start" : Tree.IsHeld ? "Startup to return" : "its turn";

    private string Doing()
    {
        if (KnownWait is { } known)
        {
            return $"waits for {known}";
        }

        if (_body is Delegate)
        {
            // Until its first await, and blocking work to its end.
            return "runs at this moment";
        }

        return InnermostMethod.Of(_body as Task, out bool isRunning) is not { } method ? $"waits for {DescribeWait()}"
            : isRunning ? $"runs in '{method}' at this moment"
            : $"waits in '{method}'";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
