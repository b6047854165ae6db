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
        long now = Tree.Now();
        DateTimeOffset utcNow = Tree.TimeProvider.GetUtcNow();
        BackgroundTaskState state;
        string elapsed;
        string sentence;
        lock (Tree.Gate)
        {
            state = _state;
            elapsed = Seconds(ElapsedAt(now));
            sentence = state switch
            {
                BackgroundTaskState.Queued => $"'{Name}' was queued {elapsed} ago in '{HomeName}' and waits for {DescribeWait()}.",
                BackgroundTaskState.Running => $"'{Name}' was started {elapsed} ago in '{HomeName}' and {Doing()}",
                BackgroundTaskState.Canceling =>
                    $"'{Name}' in '{HomeName}' was told to cancel {Seconds(ToldFor(now, utcNow))} ago by {_reason!.RequestedBy} and {Doing()}",
                _ => string.Empty,
            };
        }

        // Nothing of an ended task changes any more, and the texts of its error are the program's own code.
        return Printable.Line(state switch
        {
            BackgroundTaskState.Queued => sentence,
            BackgroundTaskState.Running or BackgroundTaskState.Canceling => sentence + HowItFailed,
            BackgroundTaskState.Succeeded => $"'{Name}' succeeded after {elapsed}{Nevertheless}.",
            BackgroundTaskState.Faulted => $"'{Name}' failed after {elapsed} with {_error!.GetType().Name}: {ErrorText.SentenceOf(_error)}",
            _ => $"'{Name}' was canceled {(_isBodyEnded ? $"after {elapsed}" : "before it began")} by {_reason!.RequestedBy}: {ErrorText.Sentence(_reason.Message)}",
        });
    }

    /// <summary>What the task waits for, without a look into the work.</summary>
    internal virtual string DescribeWait() => KnownWait ?? Outside;

    /// <summary>Under the gate: the same with that look.</summary>
    internal string DescribeWaitInDepth() => KnownWait ?? (InnermostMethod.Of(_body as Task, out _) is { } method ? $"'{method}'" : DescribeWait());

    /// <summary>How long ago the task was asked to cancel, at a moment that was read before a gate was taken.</summary>
    internal TimeSpan ToldFor(long now, DateTimeOffset utcNow)
    {
        TimeSpan sinceAsked = utcNow - _reason!.RequestedAt;
        TimeSpan elapsed = ElapsedAt(now);
        return sinceAsked < elapsed ? sinceAsked : elapsed;
    }

    // Its children have not ended yet.
    private string HowItFailed => _isBodyEnded && _outcome == BackgroundTaskState.Faulted && _error is { } error
        ? $"; it has failed with {error.GetType().Name}: {ErrorText.SentenceOf(error)}"
        : ".";

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
