namespace Fibula.Diagnostics;

/// <summary>A task as it stood when a list was made. Holds text and numbers only.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WatchExampleTests.cs#snapshot">
/// private static void Write(ScopeSnapshot scope, TextWriter log)      // Write(app.Tasks.Snapshot(), log)
/// {
///     foreach (TaskSnapshot task in scope.Tasks)
///     {
///         log.WriteLine($"{task.ScopeName}: {task.Name}, {task.State}, waits for {task.WaitsFor}");
///     }
///
///     foreach (ScopeSnapshot window in scope.Children)
///     {
///         Write(window, log);
///     }
/// }
/// </code>
/// </example>
public sealed class TaskSnapshot
{
    internal TaskSnapshot(TaskFacts facts)
    {
        Id = facts.Task.Node.Id;
        Name = facts.Task.Node.Name;
        ScopeName = facts.ScopeName;
        State = facts.State;
        Age = facts.Age;
        Progress = facts.Progress;
        CurrentRunId = facts.CurrentRunId;
        ParentId = facts.ParentId;
        IsPart = facts.IsPart;
        IsSystem = facts.IsSystem;
        Reason = facts.Reason;
        WaitsFor = facts.State >= BackgroundTaskState.Succeeded ? string.Empty : facts.Task.Node.DescribeWait(facts.KnownWait);
    }

    /// <summary>A number that no other task of the app has; <see cref="TaskBoard.Cancel"/> takes it.</summary>
    public int Id { get; }

    /// <summary>The <see cref="Id"/> of the task whose child it is; null for none.</summary>
    public int? ParentId { get; }

    /// <summary>Whether it is a part of its parent's work: a shielded part, or a group.</summary>
    public bool IsPart { get; }

    /// <summary>Whether it is housekeeping: it, or a task whose child it is, has <see cref="TaskOptions.IsSystem"/>.</summary>
    public bool IsSystem { get; }

    /// <summary>The run of repeated work that is a task of its own; null where there is none.</summary>
    internal int? CurrentRunId { get; }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>The name of the scope that owns it.</summary>
    public string ScopeName { get; }

    /// <summary>Where it stands.</summary>
    public BackgroundTaskState State { get; }

    /// <summary>The time since it was started.</summary>
    public TimeSpan Age { get; }

    /// <summary>How far it has come.</summary>
    public TaskProgress Progress { get; }

    /// <summary>Who asked it to cancel, and why; null if nobody did.</summary>
    public CancelReason? Reason { get; }

    /// <summary>The wait of the task: another owned task, one of Fibula's own waits, or "something outside Fibula", also while its code runs; empty once it has ended.</summary>
    public string WaitsFor { get; }
}
