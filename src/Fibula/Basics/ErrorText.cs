namespace Fibula;

/// <summary>
/// Reads the texts of an exception. They are virtual members of a type that the program wrote: they may throw, and a chain of thousands of inner
/// exceptions overflows the stack. Both must not hide the error itself.
/// </summary>
internal static class ErrorText
{
    private const int DeepestChain = 200;

    /// <summary>The message in one line; a sentence that says why it is missing if it cannot be read.</summary>
    public static string MessageOf(Exception error) => Read(error, static error => error.Message);

    /// <summary>The message in one line, as the end of a sentence.</summary>
    public static string SentenceOf(Exception error)
    {
        string message = MessageOf(error);
        return string.IsNullOrWhiteSpace(message) ? WithoutText(error) : Sentence(message);
    }

    /// <summary>Ends a text of the program's with a full stop where it has none: another sentence may follow.</summary>
    public static string Sentence(string text) => text.AsSpan().TrimEnd() is [.., '.' or '!' or '?' or '…' or '。' or '！' or '？'] ? text : $"{text.TrimEnd()}.";

    /// <summary>The whole text with the stack trace.</summary>
    public static string DetailsOf(Exception error) => Read(error, static error => error.ToString());

    private static string WithoutText(Exception error) => $"An error of type {error.GetType()} without a text.";

    private static string Read(Exception error, Func<Exception, string?> text)
    {
        try
        {
            return IsTooDeep(error)
                ? $"An error of type {error.GetType()} with more than {DeepestChain} inner exceptions in a row."
                : text(error) ?? WithoutText(error);
        }
        catch (Exception unreadable)
        {
            return $"An error of type {error.GetType()} whose text cannot be read: reading it throws {unreadable.GetType()}.";
        }
    }

    // Exceptions build their text by recursion over the inner ones.
    private static bool IsTooDeep(Exception error)
    {
        var level = new List<Exception> { error };
        for (int depth = 0; level.Count > 0; depth++)
        {
            if (depth > DeepestChain)
            {
                return true;
            }

            level = [.. level.SelectMany(InnerOf).Distinct(ReferenceEqualityComparer.Instance).Cast<Exception>()];
        }

        return false;
    }

    private static IEnumerable<Exception> InnerOf(Exception error) =>
        error is AggregateException { InnerExceptions: var several } ? several
        : error.InnerException is { } inner ? [inner]
        : [];
}
