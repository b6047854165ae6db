using System.ComponentModel;

namespace Fibula;

/// <summary>The question to the user when a window closes, or the app exits, while tasks with the policy <see cref="ClosePolicy.Ask"/> run.</summary>
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

    /// <summary>Raised on the UI thread when one of the tasks reports progress or ends. The sender is the task. Also raised once a second while the question is open, with the question
    /// as the sender, to update elapsed times. Tasks on another UI thread only raise the latter.</summary>
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

    /// <summary>The tasks that still run, to be shown with their progress. The children of these tasks are not listed. Tasks of windows on other UI threads
    /// that close too are included.</summary>
    public IReadOnlyList<BackgroundTask> Tasks { get; }

    /// <summary>The answers there are, in the order in which they should be offered. None keeps a task running where the app exits, or one is on another UI thread.</summary>
    public IReadOnlyList<CloseAnswer> Answers { get; }

    /// <summary>Signaled when the answer is no longer needed: the tasks have ended, or the app exits without asking. Close the dialog then.</summary>
    public CancellationToken CancellationToken { get; }

    internal QuestionClock Clock { get; }

    // The others raise their events on their own UI thread.
    private IEnumerable<BackgroundTask> Here => Tasks.Where(task => task.Tree == _tree);
}
