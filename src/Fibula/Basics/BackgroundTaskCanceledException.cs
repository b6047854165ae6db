namespace Fibula;

/// <summary>Thrown where a canceled task is awaited; it carries the reason.</summary>
/// <remarks>It is an <see cref="OperationCanceledException"/>, so existing <c>catch</c> clauses keep working. Its token is the signaled one:
/// <see cref="TaskOptions.CancellationToken"/> or a token of the work's own; otherwise a canceled token without another use.</remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#canceled">
/// try
/// {
///     await export;
/// }
/// catch (BackgroundTaskCanceledException canceled)
/// {
///     _status.Text = canceled.Reason.Message;     // The file is not needed any more.
/// }
/// </code>
/// </example>
public sealed class BackgroundTaskCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception for a reason.</summary>
    /// <param name="message">The sentence to show.</param>
    /// <param name="reason">Why the task was canceled.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is null.</exception>
    public BackgroundTaskCanceledException(string message, CancelReason reason)
        : base(message, (reason ?? throw new ArgumentNullException(nameof(reason))).Token)
    {
        Reason = reason;
    }

    /// <summary>Why the task was canceled: who asked, and when.</summary>
    public CancelReason Reason { get; }
}
