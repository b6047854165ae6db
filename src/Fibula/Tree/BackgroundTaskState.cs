namespace Fibula;

/// <summary>Where a <see cref="BackgroundTask"/> stands. There is no way back.</summary>
/// <remarks>
/// <code>
/// Queued ──► Running ──► Canceling ──► Succeeded | Faulted | Canceled
///    └──► Canceled (told before its first step)      Running ──► Succeeded | Faulted | Canceled (a handle it awaited was)
/// </code>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#state">
/// export.StateChanged += (_, state) => _status.Text = state switch
/// {
///     BackgroundTaskState.Canceling => "Stopping …",
///     BackgroundTaskState.Canceled => "Stopped.",
///     BackgroundTaskState.Faulted => "Failed.",
///     BackgroundTaskState.Succeeded => "Done.",
///     _ => "Exporting …",
/// };
/// </code>
/// </example>
public enum BackgroundTaskState
{
    /// <summary>Not begun: no loop runs yet, its turn or a thread of the pool has not come, or a command holds it back by its policy, limit or delay.</summary>
    Queued,

    /// <summary>Started and still running; cancellation was not requested.</summary>
    Running,

    /// <summary>Asked to cancel and not ended yet: its token is signaled, its clean-up may run.</summary>
    Canceling,

    /// <summary>Ended normally, also after it was asked to cancel.</summary>
    Succeeded,

    /// <summary>Ended by an error, or canceled by something it called and not by its owner.</summary>
    Faulted,

    /// <summary>Ended because it was asked to cancel, or because a handle it awaited was canceled.</summary>
    Canceled,
}
