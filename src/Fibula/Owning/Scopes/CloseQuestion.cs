using System.ComponentModel;

namespace Fibula;

/// <summary>What a user is asked when a window closes, or the app exits, while tasks run whose policy is <see cref="ClosePolicy.Ask"/>.</summary>
/// <remarks>
/// <para><b>Threads.</b> Asked on the UI thread, once per close, after a window's own question or <see cref="UiApp.OnExitAsync"/> was answered with yes. Signals and
/// the end of the session do not ask.</para>
/// <para><b>Cancellation.</b> No task has been canceled yet. <see cref="CancellationToken"/> takes the question back.</para>
/// <para>Override <see cref="UiApp.OnAskAsync"/>, or set <see cref="UiAppOptions.OnAsk"/>, to ask in a way of your own; else the toolkit's ready dialog asks.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#question">
/// protected override async Task&lt;CloseAnswer> OnAskAsync(CloseQuestion question)
/// {
///     string[] buttons = [.. question.Answers.Select(answer => TaskText.Answer(answer, question))];
///     int chosen = await ShowDialogAsync(TaskText.Question(question), buttons, question.CancellationToken);
///     return question.Answers[chosen];
/// }
/// </code>
/// </example>
public sealed class CloseQuestion
{
    private readonly TaskTree _tree;

    internal CloseQuestion(string name, bool isExit, IReadOnlyList<BackgroundTask> tasks, TaskTree tree, CancellationToken cancellationToken)
    {
        Name = name;
        IsExit = isExit;
        Tasks = tasks;
        _tree = tree;
        Answers = isExit || Here.Count() < tasks.Count
            ? [CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.Stay]
            : [CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.KeepRunning, CloseAnswer.Stay];
        CancellationToken = cancellationToken;
        Clock = new QuestionClock(this, tree);
    }

    /// <summary>Raised on the UI thread when one of the tasks has come further, or has ended; and once a second while the question is open, since the time they take
    /// moves also while they report nothing. The question itself is the sender then, else the task. Of tasks on another UI thread only that tells.</summary>
    public event PropertyChangedEventHandler? Changed
    {
        add
        {
            Clock.Add(value);
            foreach (BackgroundTask task in Here)
            {
                task.PropertyChanged += value;
            }
        }

        remove
        {
            Clock.Remove(value);
            foreach (BackgroundTask task in Here)
            {
                task.PropertyChanged -= value;
            }
        }
    }

    /// <summary>The name of the window or app that is to close.</summary>
    public string Name { get; }

    /// <summary>Whether the whole app exits.</summary>
    public bool IsExit { get; }

    /// <summary>The tasks that still run, to be shown with how far they are; a task's children are not listed besides. Those of windows on a UI thread of their own,
    /// which close too, are among them.</summary>
    public IReadOnlyList<BackgroundTask> Tasks { get; }

    /// <summary>The answers there are, in the order in which they should be offered. None keeps a task running where the app exits, or one is on another UI thread.</summary>
    public IReadOnlyList<CloseAnswer> Answers { get; }

    /// <summary>Signaled when nobody needs the answer any more: the tasks have ended, or the app leaves without asking. A dialog closes then.</summary>
    public CancellationToken CancellationToken { get; }

    internal QuestionClock Clock { get; }

    // The others raise their events on their own UI thread.
    private IEnumerable<BackgroundTask> Here => Tasks.Where(task => task.Tree == _tree);
}
