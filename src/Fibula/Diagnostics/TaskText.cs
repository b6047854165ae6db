using System.Globalization;

namespace Fibula.Diagnostics;

/// <summary>For task panels: what people read of a task, the same on every toolkit.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/ProgressExampleTests.cs#text">
/// _status.Text = TaskText.Line(import);               // Import: 42 %, 1:05
/// _time.Text = TaskText.Progress(import.Progress);    // 42 %, about 2 minutes left
/// </code>
/// </example>
public static class TaskText
{
    /// <summary>How far a task is: <c>42 %</c>; without a known whole, how much it has done.</summary>
    /// <param name="progress">The progress of the task.</param>
    /// <returns>A text in the current culture; empty where nothing is known.</returns>
    public static string Amount(TaskProgress progress) =>
        progress.Fraction is { } fraction ? string.Create(CultureInfo.CurrentCulture, $"{TaskProgress.Percent(fraction)} %")
        : progress.Completed > 0 ? progress.Completed.ToString("N0", CultureInfo.CurrentCulture)
        : string.Empty;

    /// <summary>How far a task is, and how long the rest will take: <c>42 %, about 2 minutes left</c>.</summary>
    /// <param name="progress">The progress of the task.</param>
    /// <returns>A text in the current culture, with what is known of the two; empty where nothing is.</returns>
    public static string Progress(TaskProgress progress)
    {
        string amount = Amount(progress);
        return progress.Remaining is not { } remaining || remaining == TimeSpan.Zero ? amount : $"{amount}, {Remaining(remaining)}";
    }

    /// <summary>How long the rest of a task will take, as roughly as it is known: <c>about 2 minutes left</c>.</summary>
    /// <param name="remaining">The estimate.</param>
    public static string Remaining(TimeSpan remaining)
    {
        double tens = Math.Round(remaining.TotalSeconds / 10);
        return remaining.TotalSeconds < 10 ? "a few seconds left"
            : tens < 6 ? About(tens * 10, "second")
            : Math.Round(remaining.TotalMinutes) is < 60 and var minutes ? About(minutes, "minute")
            : Math.Round(remaining.TotalHours) is < 48 and var hours ? About(hours, "hour")
            : About(Math.Round(remaining.TotalDays), "day");
    }

    /// <summary>How long a task takes already: <c>1:05</c>, <c>100:00:00</c>.</summary>
    /// <param name="age">The time since it was started.</param>
    public static string Time(TimeSpan age) =>
        age.TotalHours < 1
            ? age.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}:{age:mm\\:ss}");

    /// <summary>Describes a task: its name, its scope, and its last message, or who stopped it.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public static string Subject(TaskSnapshot task)
    {
        ArgumentNullException.ThrowIfNull(task);
        string subject = $"{task.Name} ({task.ScopeName})";
        return Printable.Line(
            task is { State: BackgroundTaskState.Canceled, Reason: { } reason } ? $"{task.Name}: stopped by {reason.RequestedBy} ({task.ScopeName})"
            : task.Progress.Message is { Length: > 0 } message ? $"{subject}: {message}"
            : subject);
    }

    /// <summary>How far a task is, for a dialog: <c>Export: 42 %, 1:05</c>.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public static string Line(BackgroundTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        string amount = Amount(task.Progress);
        return Printable.Line(
            task.IsCompleted ? $"{task.Name}: done" : $"{task.Name}: {amount}{(amount.Length > 0 ? ", " : string.Empty)}{Time(task.Elapsed)}");
    }

    /// <summary>The question of a dialog about tasks that run while a window or the app closes.</summary>
    /// <param name="question">The question.</param>
    /// <exception cref="ArgumentNullException"><paramref name="question"/> is null.</exception>
    public static string Question(CloseQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        string tasks = question.Tasks.Count == 1 ? "A task is" : string.Create(CultureInfo.CurrentCulture, $"{question.Tasks.Count:N0} tasks are");
        return Printable.Line($"{tasks} still running. {(question.IsExit ? "Exit" : "Close")} '{question.Name}'?");
    }

    /// <summary>What stands on the button of an answer: <c>Wait for it</c>, and <c>Wait for them</c> where several tasks are asked about.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="question">The question.</param>
    /// <exception cref="ArgumentNullException"><paramref name="question"/> is null.</exception>
    public static string Answer(CloseAnswer answer, CloseQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        string tasks = question.Tasks.Count == 1 ? "it" : "them";
        return answer switch
        {
            CloseAnswer.Wait => $"Wait for {tasks}",
            CloseAnswer.Cancel => $"Cancel {tasks}",
            CloseAnswer.KeepRunning => $"Keep {tasks} running",
            _ => "Stay",
        };
    }

    /// <summary>How many tasks run, as a sentence.</summary>
    /// <param name="count">Their number.</param>
    public static string Summary(int count) => count switch
    {
        0 => "No task is running.",
        1 => "1 task is running.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{count:N0} tasks are running."),
    };

    /// <summary>How many tasks of a list run, as a sentence.</summary>
    /// <param name="rows">The rows of a <see cref="TaskBoard"/>; ended tasks are not counted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> is null.</exception>
    public static string Summary(IReadOnlyList<TaskSnapshot> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Summary(rows.Count(static row => row.State is not BackgroundTaskState.Canceled));
    }

    private static string About(double count, string unit) =>
        string.Create(CultureInfo.CurrentCulture, $"about {count:N0} {unit}{(count == 1 ? string.Empty : "s")} left");
}
