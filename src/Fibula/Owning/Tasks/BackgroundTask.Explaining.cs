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
        DateTimeOffset utcNow = Tree.TimeProvider.GetUtcNow();
        TaskFacts task = Tree.Read(this, Tree.Now());
        string elapsed = Seconds(task.Age);
        return Printable.Line(task.State switch
        {
            BackgroundTaskState.Queued => $"'{Name}' was queued {elapsed} ago in '{HomeName}' and waits for {DescribeWait(task.KnownWait)}.",
            BackgroundTaskState.Running => $"'{Name}' was started {elapsed} ago in '{HomeName}' and {Doing(task)}{HowItFailed(task)}",
            BackgroundTaskState.Canceling =>
                $"'{Name}' in '{HomeName}' was told to cancel {Seconds(ToldFor(task, utcNow))} ago by {task.Reason!.RequestedBy} and {Doing(task)}{HowItFailed(task)}",
            BackgroundTaskState.Succeeded => $"'{Name}' succeeded after {elapsed}{Nevertheless(task)}.",
            BackgroundTaskState.Faulted => $"'{Name}' failed after {elapsed} with {task.Error!.GetType().Name}: {ErrorText.SentenceOf(task.Error)}",
            _ => $"'{Name}' was canceled {(task.IsBodyEnded ? $"after {elapsed}" : "before it began")} by {task.Reason!.RequestedBy}: {ErrorText.Sentence(task.Reason.Message)}",
        });
    }

    /// <summary>What the task waits for, without a look into the work.</summary>
    /// <param name="known">What it waits for through Fibula; null where it does not.</param>
    internal virtual string DescribeWait(string? known) => known ?? Outside;

    /// <summary>Under the gate: the same with that look.</summary>
    internal string DescribeWaitInDepth() =>
        KnownWait is { } known ? known : InnermostMethod.Of(_body as Task, out _) is { } method ? $"'{method}'" : DescribeWait(known: null);

    /// <summary>Under the gate: what can be seen of the task.</summary>
    internal TaskFacts FactsUnderGate(long now)
    {
        Tree.AssertHeld();
        BackgroundTask? run = _relations?.CurrentRun;
        ScopeTelling? onItsWay = Tree.Requests.For(this);
        return new TaskFacts(
            this,
            _scope.Name,
            onItsWay is null ? _state : BackgroundTaskState.Canceling,
            ElapsedAt(now),
            (run ?? this).ProgressAt(now),
            run?.Id,
            _reason ?? onItsWay?.Reason,
            KnownWait,
            _body,
            _isBodyEnded && _outcome == BackgroundTaskState.Faulted,
            _isBodyEnded,
            _error);
    }

    private static TimeSpan ToldFor(TaskFacts task, DateTimeOffset utcNow)
    {
        TimeSpan sinceAsked = utcNow - task.Reason!.RequestedAt;
        return sinceAsked < task.Age ? sinceAsked : task.Age;
    }

    /// <summary>How long ago the task was asked to cancel, at a moment that was read before a gate was taken.</summary>
    internal TimeSpan ToldFor(long now, DateTimeOffset utcNow)
    {
        TimeSpan sinceAsked = utcNow - _reason!.RequestedAt;
        TimeSpan elapsed = ElapsedAt(now);
        return sinceAsked < elapsed ? sinceAsked : elapsed;
    }

    // Its children have not ended yet.
    private static string HowItFailed(TaskFacts task) => task is { HasFailed: true, Error: { } error }
        ? $"; it has failed with {error.GetType().Name}: {ErrorText.SentenceOf(error)}"
        : ".";

    private static string Nevertheless(TaskFacts task) => task.Reason is null ? string.Empty : $", although {task.Reason.RequestedBy} had told it to cancel";

    private string? KnownWait => WaitsFor switch
    {
        AmbientTask { Task: { } other } => $"'{other.Name}'",
        string wait => wait,
        _ => _state == BackgroundTaskState.Queued ? DescribeQueue() : null,
    };

    private string DescribeQueue() =>
        Tree.Loop is not { IsRunning: true } ? "the UI loop to start" : Tree.IsHeld ? "Startup to return" : "its turn";

    private string Doing(TaskFacts task)
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

        return InnermostMethod.Of(task.Body as Task, out bool isRunning) is not { } method ? $"waits for {DescribeWait(known: null)}"
            : isRunning ? $"runs in '{method}' at this moment"
            : $"waits in '{method}'";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
