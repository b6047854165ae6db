namespace Fibula;

/// <summary>Why a task was told to cancel: who asked, the sentence to show, and when.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#reason">
/// export.Cancel("The file is not needed any more.");
/// CancelReason reason = export.CancelReason!;
/// _status.Text = $"{reason.RequestedBy}: {reason.Message}";       // who asked, and why
/// </code>
/// </example>
public sealed class CancelReason
{
    internal CancelReason(string requestedBy, string message, DateTimeOffset requestedAt)
    {
        RequestedBy = requestedBy;
        Message = message;
        RequestedAt = requestedAt;
    }

    /// <summary>The call, window or policy that asked, for example <c>MainWindow.Stop_Click</c> or <c>window 'Import'</c>.</summary>
    public string RequestedBy { get; }

    /// <summary>A sentence for people.</summary>
    public string Message { get; }

    /// <summary>When it was asked, by the loop's clock.</summary>
    public DateTimeOffset RequestedAt { get; }

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
