namespace Fibula;

/// <summary>An unhandled exception of a task, with the task's name and call site, for a handler of <see cref="TaskScope.Faulted"/>.</summary>
/// <remarks>
/// <para><b>Threads.</b> Raised on the UI thread.</para>
/// <para><b>Errors.</b> Set <see cref="Handled"/> to keep the fault from going further up. The exception is already marked observed for the runtime.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WatchExampleTests.cs#fault">
/// this.Tasks.Faulted += fault =>
/// {
///     _status.Text = fault.Message;                       // Task 'SaveAsync' failed: The disk is full.
///     fault.Handled = fault.Exception is IOException;     // other faults continue to the app
/// };
/// </code>
/// </example>
public sealed class TaskFault : IUnhandledFault
{
    private TaskFault(Exception exception, string name, string scopeName, string what)
    {
        Exception = exception;
        Name = name;
        ScopeName = scopeName;
        string sentence = ErrorText.SentenceOf(exception);
        ErrorMessage = Printable.Line(sentence);
        Message = Printable.Line($"{what}: {sentence}");
    }

    /// <summary>The exception.</summary>
    public Exception Exception { get; }

    /// <summary>The task; null where a posted callback threw.</summary>
    public BackgroundTask? Task { get; private init; }

    /// <summary>The name of the task, or of the callback.</summary>
    public string Name { get; }

    /// <summary>The name of the scope the task belonged to.</summary>
    public string ScopeName { get; }

    /// <summary>When the task was started, by the loop's clock.</summary>
    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>How long the task lived.</summary>
    public TimeSpan Age { get; private init; }

    /// <summary>The source file of the start; null where it is not known.</summary>
    public string? FilePath { get; private init; }

    /// <summary>The line of the start; 0 where it is not known.</summary>
    public int LineNumber { get; private init; }

    /// <summary>One sentence for people: what happened to which task, <c>Task 'Save' failed: The disk is full.</c></summary>
    public string Message { get; }

    /// <summary>The error alone, for a view that shows the task's name beside it: <c>The disk is full.</c></summary>
    public string ErrorMessage { get; }

    /// <summary>Whether somebody has taken care of the fault.</summary>
    /// <value>Default: false, which sends it on to the parent scope, and from the root to the toolkit's unhandled exceptions.</value>
    /// <remarks>Once true it stays true: a later subscriber cannot take it back.</remarks>
    public bool Handled
    {
        get;
        set => field |= value;
    }

    /// <summary>Returns the message, the place of the start, and the exception with its stack.</summary>
    public override string ToString()
    {
        string place = string.IsNullOrEmpty(FilePath) ? string.Empty : $" Started at {FilePath}:{LineNumber}.";
        return $"{Message}{Printable.Line(place)}{Environment.NewLine}{Printable.Lines(Details())}";
    }

    string IUnhandledFault.Details => ToString();

    internal static TaskFault Of(BackgroundTask task, Exception error)
    {
        TimeSpan age = task.Elapsed;
        string what = error switch
        {
            BackgroundTaskCanceledException => "was canceled",
            OperationCanceledException => "was canceled by something it called, not by its owner",
            _ => "failed",
        };
        return new TaskFault(error, task.Name, task.Node.HomeName, $"Task '{task.Name}' {what}")
        {
            Task = task,
            StartedAt = task.Node.Scope.Context.TimeProvider.GetUtcNow() - age,
            Age = age,
            FilePath = task.Node.Site.File,
            LineNumber = task.Node.Site.Line,
        };
    }

    // A line end in a message would look like a line of the log.
    private string Details()
    {
        string details = ErrorText.DetailsOf(Exception);
        for (Exception? error = Exception; error is not null; error = error.InnerException)
        {
            string message = ErrorText.MessageOf(error);
            string line = Printable.Line(message);
            details = ReferenceEquals(line, message) ? details : details.Replace(message, line, StringComparison.Ordinal);
        }

        return details;
    }

    internal static TaskFault OfCallback(string name, ILoopOwner? app, DateTimeOffset now, Exception error) =>
        new(error, name, app?.Name ?? "no app", $"Callback '{name}' failed") { StartedAt = now };
}
