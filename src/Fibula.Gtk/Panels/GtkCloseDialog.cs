using Fibula.Diagnostics;

namespace Fibula;

/// <summary>Asks what becomes of tasks that run while something closes: a line for each task, a button for each answer.</summary>
internal sealed class GtkCloseDialog
{
    private const int Spacing = 12;

    private readonly CloseQuestion _question;
    private readonly nint _dialog = GtkDialog.New();
    private readonly List<nint> _lines = [];
    private readonly TaskCompletionSource<CloseAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;

    private GtkCloseDialog(UiLoop loop, CloseQuestion question)
    {
        _question = question;
        AddLines();
        foreach ((int response, CloseAnswer answer) in question.Answers.Index())
        {
            GtkDialog.AddButton(_dialog, TaskText.Answer(answer, question), response);
        }

        GtkDialog.SetDefaultResponse(_dialog, 0);
        Signal.Connect(loop, _dialog, "response", OnResponse);
        Signal.Connect(loop, _dialog, "destroy", OnDestroyed);
        question.Changed += OnChanged;
    }

    private bool IsGone => _answer.Task.IsCompleted;

    /// <summary>Asks above a window.</summary>
    public static Task<CloseAnswer> AskAsync(UiLoop loop, CloseQuestion question, nint window)
    {
        var dialog = new GtkCloseDialog(loop, question);
        GtkDialog.ShowAbove(dialog._dialog, window, question.Name);
        dialog._registration = question.CancellationToken.Register(() => loop.Post(dialog.Close));
        return dialog._answer.Task;
    }

    private void AddLines()
    {
        nint grid = GtkWidgets.Grid(Spacing);
        GtkWidgets.Attach(grid, GtkWidgets.Label(TaskText.Question(_question)), column: 0, row: 0);
        foreach ((int index, BackgroundTask task) in _question.Tasks.Index())
        {
            _lines.Add(GtkWidgets.Label(TaskText.Line(task), takesTheRest: true));
            GtkWidgets.Attach(grid, _lines[index], column: 0, row: index + 1);
        }

        GtkDialog.SetContent(_dialog, grid, Spacing);
    }

    private void OnChanged(object? sender, EventArgs e)
    {
        foreach ((int index, BackgroundTask task) in _question.Tasks.Index())
        {
            GtkWidgets.SetText(_lines[index], TaskText.Line(task));
        }
    }

    // The close box and Escape are responses without a button.
    private bool OnResponse(nint argument)
    {
        int response = (int)argument;
        Answer(response >= 0 ? _question.Answers[response] : CloseAnswer.Stay);
        GtkWindow.Destroy(_dialog);
        return false;
    }

    private bool OnDestroyed()
    {
        Answer(_question.CancellationToken.IsCancellationRequested ? CloseAnswer.Cancel : CloseAnswer.Stay);
        return false;
    }

    private void Close()
    {
        if (!IsGone)
        {
            GtkWindow.Destroy(_dialog);
        }
    }

    private void Answer(CloseAnswer answer)
    {
        _question.Changed -= OnChanged;
        _registration.Unregister();
        _answer.TrySetResult(answer);
    }
}
