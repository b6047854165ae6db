namespace Fibula.Testing;

/// <summary>The ready dialog of one toolkit that asks what becomes of tasks when something closes, as the <see cref="LoopConformance"/> suite sees it.</summary>
/// <remarks><b>Threads.</b> <see cref="AnswerAsync"/> is used from the thread pool; all others on the UI thread.</remarks>
public abstract class LoopDialog
{
    /// <summary>What the dialog asks, for example <c>A task is still running. Close 'Report'?</c></summary>
    public abstract string? Question { get; }

    /// <summary>What it says about each task, for example <c>Export: 42 %, 0:07</c>.</summary>
    public abstract IReadOnlyList<string> Lines { get; }

    /// <summary>What stands on its buttons, in order.</summary>
    public abstract IReadOnlyList<string> Answers { get; }

    /// <summary>How the user can give an answer, each with a name: by the button, by a key, by the close box.</summary>
    /// <param name="answer">One of <see cref="Answers"/>.</param>
    /// <returns>The ways, the button first.</returns>
    public abstract IReadOnlyList<string> WaysTo(string answer);

    /// <summary>Does what the user does to give an answer.</summary>
    /// <param name="answer">One of <see cref="Answers"/>.</param>
    /// <param name="way">One of its ways.</param>
    /// <returns>A task that ends when that is done, and does not wait for what comes of it.</returns>
    public abstract Task AnswerAsync(string answer, string way);
}
