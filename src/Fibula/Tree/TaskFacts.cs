namespace Fibula;

/// <summary>The visible facts about a task, read in one hold of the gate.</summary>
/// <param name="Task">The task.</param>
/// <param name="ScopeName">The name of the scope that owns it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Age">The time since it was started, or up to its end.</param>
/// <param name="Progress">How far it, or its run, has come.</param>
/// <param name="CurrentRunId">The number of the run of repeated work that is a task of its own.</param>
/// <param name="Reason">Who asked it to cancel, and why.</param>
/// <param name="KnownWait">The wait inside Fibula; null for none.</param>
/// <param name="Body">The work before its first await, then the task it returned; null once that has ended.</param>
/// <param name="ParentId">The number of the task that ends only after it; null for none.</param>
/// <param name="IsPart">It is a shielded part or a group of its parent's work.</param>
/// <param name="IsSystem">It is housekeeping.</param>
/// <param name="HasFailed">The work has failed, while its children still run.</param>
/// <param name="IsBodyEnded">The work has ended; a task that never began has none that could.</param>
/// <param name="Error">The exception that the work has thrown.</param>
internal readonly record struct TaskFacts(
    ITaskNode Task,
    string ScopeName,
    BackgroundTaskState State,
    TimeSpan Age,
    TaskProgress Progress,
    int? CurrentRunId,
    CancelReason? Reason,
    string? KnownWait,
    object? Body,
    int? ParentId,
    bool IsPart,
    bool IsSystem,
    bool HasFailed,
    bool IsBodyEnded,
    Exception? Error);
