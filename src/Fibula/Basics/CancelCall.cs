namespace Fibula;

/// <summary>A call of the program's that cancels or closes something. Holds constants only, so that its texts are put together when they are read.</summary>
/// <param name="member">The member that calls.</param>
/// <param name="file">Its source file.</param>
/// <param name="message">A message; null for a sentence from the two names.</param>
/// <param name="subject">The task or scope that is canceled or closed.</param>
/// <param name="sentence">Creates the sentence from the caller and the subject.</param>
internal sealed class CancelCall(string? member, string? file, string? message, CallSite subject, Func<string, string, string> sentence)
{
    private readonly CallSite _subject = subject;

    public string Caller => CallSite.MemberName(member, file);

    public string? Message => message;

    public ref readonly CallSite Subject => ref _subject;

    public Func<string, string, string> Sentence => sentence;
}
