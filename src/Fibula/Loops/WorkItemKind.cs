namespace Fibula;

internal enum WorkItemKind
{
    /// <summary>A user's <see cref="UiLoop.Post"/>. Dropped when the loop has ended.</summary>
    Post,

    /// <summary>The rest of an <c>await</c>. Goes to the thread pool when the loop has ended, so that <c>finally</c> runs.</summary>
    Resume,

    /// <summary>The library's own: a start, an event to raise. Goes to the thread pool when the loop has ended.</summary>
    Internal,
}
