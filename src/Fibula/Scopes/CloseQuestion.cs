using System.ComponentModel;

namespace Fibula;

/// <summary>What a user is asked when a window closes, or the app exits, while tasks run whose policy is <see cref="ClosePolicy.Ask"/>.</summary>
/// <remarks>
/// <para><b>Threads.</b> Asked on the UI thread, once per close, after a window's own question or <see cref="UiApp.OnExitAsync"/> was answered with yes. Signals and
/// the end of the session do not ask.</para>
/// <para><b>Cancellation.</b> Nothing has been told yet. <see cref="CancellationToken"/> takes the question back.</para>
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
    internal CloseQuestion(string name, bool isExit, IReadOnlyList<BackgroundTask> tasks, ScopeTree tree, CancellationToken cancellationToken)
    {
        Name = name;
        IsExit = isExit;
        Tasks = tasks;
        Answers = isExit
            ? [CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.Stay]
            : [CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.KeepRunning, CloseAnswer.Stay];
        CancellationToken = cancellationToken;
        Clock = new QuestionClock(this, tree);
    }

    /// <summary>Raised on the UI thread when one of the tasks has come further, or has ended; and once a second while the question is open, since the time they take
    /// moves also while they report nothing. The question itself is the sender then, else the task.</summary>
    public event PropertyChangedEventHandler? Changed
    {
        add
        {
            Clock.Add(value);
            foreach (BackgroundTask task in Tasks)
            {
                task.PropertyChanged += value;
            }
        }

        remove
        {
            Clock.Remove(value);
            foreach (BackgroundTask task in Tasks)
            {
                task.PropertyChanged -= value;
            }
        }
    }

    /// <summary>The name of the window or app that is to close.</summary>
    public string Name { get; }

    /// <summary>Whether the whole app exits.</summary>
    public bool IsExit { get; }

    /// <summary>The tasks that still run, to be shown with how far they are; a task's children are not listed besides.</summary>
    public IReadOnlyList<BackgroundTask> Tasks { get; }

    /// <summary>The answers there are, in the order in which they should be offered.</summary>
    public IReadOnlyList<CloseAnswer> Answers { get; }

    /// <summary>Signaled when nobody needs the answer any more: the tasks have ended, or the app leaves without asking. A dialog closes then.</summary>
    public CancellationToken CancellationToken { get; }

    internal QuestionClock Clock { get; }
}
