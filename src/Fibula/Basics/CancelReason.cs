namespace Fibula;

/// <summary>Why a task was asked to cancel: who asked, the sentence to show, and when.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#reason">
/// export.Cancel("The file is not needed any more.");
/// CancelReason reason = export.CancelReason!;
/// _status.Text = $"{reason.RequestedBy}: {reason.Message}";       // who asked, and why
/// </code>
/// </example>
public sealed class CancelReason
{
    // Where the program has asked: its texts are made when they are read, since most never are.
    private readonly CancelCall? _call;

    internal CancelReason(string requestedBy, string message, DateTimeOffset requestedAt, bool isOwnToken, CancellationToken token)
    {
        IsOwnToken = isOwnToken;
        Token = token.CanBeCanceled ? token : new CancellationToken(canceled: true);
        RequestedBy = requestedBy;
        Message = message;
        RequestedAt = requestedAt;
    }

    internal CancelReason(CancelCall call, DateTimeOffset requestedAt)
    {
        _call = call;
        Message = call.Message!;
        Token = new CancellationToken(canceled: true);
        RequestedAt = requestedAt;
    }

    /// <summary>The call, window or policy that asked, for example <c>MainWindow.Stop_Click</c> or <c>window 'Import'</c>.</summary>
    public string RequestedBy => field ??= _call!.Caller;

    /// <summary>A sentence for people.</summary>
    public string Message => field ??= _call!.Sentence(RequestedBy, _call.Subject.Name);

    /// <summary>When it was asked, by the loop's clock.</summary>
    public DateTimeOffset RequestedAt { get; }

    /// <summary>Whether the work was stopped by a token that is not its task's, without a request.</summary>
    internal bool IsOwnToken { get; }

    /// <summary>The token that was signaled, for <c>catch</c> clauses that compare it.</summary>
    internal CancellationToken Token { get; }

    /// <summary>How long ago it was asked: not longer than the task is old, whose age another clock measures.</summary>
    internal TimeSpan Since(DateTimeOffset utcNow, TimeSpan age)
    {
        TimeSpan sinceAsked = utcNow - RequestedAt;
        return sinceAsked < age ? sinceAsked : age;
    }

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Printable.Line(Message);
}
