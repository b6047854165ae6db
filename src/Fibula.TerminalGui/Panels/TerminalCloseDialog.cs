using System.Text;
using Fibula.Diagnostics;
using Terminal.Gui.App;
using Terminal.Gui.Views;

namespace Fibula;

/// <summary>Asks what becomes of tasks that run while something closes: a line for each task, a button for each answer.</summary>
internal sealed class TerminalCloseDialog : Dialog
{
    // A name may hold the "_" that marks the key of a control.
    public static readonly Rune NoHotKey = new('\uFFFF');

    private readonly CloseQuestion _question;
    private readonly List<Label> _lines = [];

    private TerminalCloseDialog(CloseQuestion question)
    {
        _question = question;
        HotKeySpecifier = NoHotKey;
        Title = PrintableText.Of(question.Name);
        AddLine(TaskText.Question(question), row: 0);
        foreach ((int index, BackgroundTask task) in question.Tasks.Index())
        {
            _lines.Add(AddLine(TaskText.Line(task), row: index + 2));
        }

        AddAnswers();
        question.Changed += OnChanged;
    }

    private CloseAnswer Answer { get; set; } = CloseAnswer.Stay;

    /// <summary>Asks in a turn of its own, since the toolkit's dialogs keep the callback that opens them.</summary>
    public static Task<CloseAnswer> AskAsync(TerminalGuiLoop loop, IApplication application, CloseQuestion question)
    {
        var answer = new TaskCompletionSource<CloseAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        return loop.Post(() => Run(loop, application, question, answer)) ? answer.Task : Task.FromResult(CloseAnswer.Cancel);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _question.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private static void Run(TerminalGuiLoop loop, IApplication application, CloseQuestion question, TaskCompletionSource<CloseAnswer> answer)
    {
        using var dialog = new TerminalCloseDialog(question);
        CancellationToken takenBack = question.CancellationToken;
        try
        {
            // By a post, which comes once the dialog runs: a stop that is asked for earlier is forgotten.
            using CancellationTokenRegistration registration = takenBack.Register(() => loop.Post(dialog.TakeBack));
            application.Run(dialog);
        }
        finally
        {
            loop.Windows.ForgetStops();
            answer.SetResult(takenBack.IsCancellationRequested ? CloseAnswer.Cancel : dialog.Answer);
        }
    }

    private Label AddLine(string text, int row)
    {
        var line = new Label { HotKeySpecifier = NoHotKey, Text = PrintableText.Of(text), Y = row };
        Add(line);
        return line;
    }

    // The toolkit makes the last button the default one.
    private void AddAnswers()
    {
        foreach (CloseAnswer answer in _question.Answers)
        {
            var button = new Button { Text = TaskText.Answer(answer, _question) };
            button.Accepting += (_, e) =>
            {
                e.Handled = true;
                Answer = answer;
                RequestStop();
            };
            AddButton(button);
        }

        Buttons[^1].IsDefault = false;
        Buttons[0].IsDefault = true;
        DefaultAcceptView = Buttons[0];
        Buttons[0].SetFocus();
    }

    private void OnChanged(object? sender, EventArgs e)
    {
        foreach ((int index, BackgroundTask task) in _question.Tasks.Index())
        {
            _lines[index].Text = PrintableText.Of(TaskText.Line(task));
        }
    }

    private void TakeBack()
    {
        if (IsRunning)
        {
            RequestStop();
        }
    }
}
