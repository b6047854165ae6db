using Fibula.Diagnostics;

namespace Fibula;

/// <summary>One task of a panel: a row of its grid.</summary>
internal sealed class TaskRow
{
    /// <summary>The columns of a row.</summary>
    public const int Columns = 5;

    private readonly nint _subject = GtkWidgets.Label(string.Empty, takesTheRest: true);
    private readonly nint _state = GtkWidgets.Label(string.Empty);
    private readonly nint _progress = GtkWidgets.ProgressBar();
    private readonly nint _time = GtkWidgets.Label(string.Empty);
    private readonly nint _cancel = GtkWidgets.Button("Cancel");

    public TaskRow(UiLoop loop, Action cancel) =>
        Signal.Connect(loop, _cancel, "clicked", () =>
        {
            cancel();
            return false;
        });

    public void Insert(nint grid, int row)
    {
        GtkWidgets.InsertRow(grid, row);
        foreach ((int column, nint widget) in new[] { _subject, _state, _progress, _time, _cancel }.Index())
        {
            GtkWidgets.Attach(grid, widget, column, row);
        }
    }

    public void Show(TaskSnapshot task)
    {
        GtkWidgets.SetText(_subject, TaskText.Subject(task));
        GtkWidgets.SetText(_state, task.State.ToString());
        GtkWidgets.SetFraction(_progress, task.Progress.Fraction ?? 0);
        GtkWidgets.SetProgressText(_progress, TaskText.Amount(task.Progress));
        GtkWidgets.SetText(_time, TaskText.Time(task.Age));
        GtkWidgets.SetSensitive(_cancel, task.State == BackgroundTaskState.Canceling ? 0 : 1);
    }
}
