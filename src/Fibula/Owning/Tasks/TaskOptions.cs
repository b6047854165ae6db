namespace Fibula;

/// <summary>What may be said about one task when it is started. The object is only read during the call.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#options">
/// BackgroundTask save = this.Tasks.Run(SaveAsync, new TaskOptions
/// {
///     Name = $"Save {file}",                                          // for people, in lists and reports
///     OnClose = ClosePolicy.Finish(within: TimeSpan.FromSeconds(5)),  // a close lets it end
///     Deadline = TimeSpan.FromMinutes(1),                             // then it is asked to cancel
/// });
/// </code>
/// </example>
public sealed class TaskOptions
{
    /// <summary>The name shown to people and in reports.</summary>
    /// <value>Default: null, which takes the method that is run, else the calling member.</value>
    /// <exception cref="ArgumentException">Set to an empty name.</exception>
    public string? Name
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrEmpty(value);
            }

            field = value;
        }
    }

    /// <summary>What closing the scope means for this task.</summary>
    /// <value>Default: null, which takes the policy of the task that started it as its child, or while the scope was closing; else <see cref="ClosePolicy.Cancel"/>.</value>
    public ClosePolicy? OnClose { get; set; }

    /// <summary>The time that the task has from its first step on. Then it is canceled, with the reason "the deadline of" and its name. The earliest deadline among
    /// the task and its parents applies, up to the nearest shield.</summary>
    /// <value>Default: null, no deadline.</value>
    /// <remarks>With <see cref="TimeSpan.Zero"/> the task begins with its token signaled. <see cref="Timeout.InfiniteTimeSpan"/> is the same as null.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan? Deadline
    {
        get;
        set => field = value is { } time ? Durations.Limit(time, nameof(value)) : null;
    }

    /// <summary>Whether the task is housekeeping of the program, such as a cache that is refreshed each minute, and nothing that a user has started. Task panels and
    /// <see cref="Diagnostics.TaskBoard"/> do not list it or its children, and nobody is asked about it when something closes. Snapshots, events and reports have it like any other.</summary>
    /// <value>Default: false.</value>
    public bool IsSystem { get; set; }

    /// <summary>A token of the caller: when it is signaled the task is asked to cancel, with the reason "the caller's token".</summary>
    /// <value>Default: <see cref="CancellationToken.None"/>.</value>
    public CancellationToken CancellationToken { get; set; }
}
