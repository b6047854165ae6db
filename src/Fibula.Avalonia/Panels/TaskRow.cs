using Avalonia.Controls;
using Avalonia.Layout;
using Fibula.Diagnostics;

namespace Fibula;

/// <summary>One task of a list.</summary>
internal sealed class TaskRow : ListBoxItem
{
    private readonly TextBlock _state = new() { Width = 90 };
    private readonly ProgressBar _progress = new() { Width = 100, Maximum = 1 };
    private readonly TextBlock _time = new() { Width = 70 };
    private readonly TextBlock _subject = new();

    public TaskRow() =>
        Content = new StackPanel { Orientation = Orientation.Horizontal, Children = { _state, _progress, _time, _subject } };

    /// <inheritdoc/>
    protected override Type StyleKeyOverride => typeof(ListBoxItem);

    public void Show(TaskSnapshot task)
    {
        _state.Text = task.State.ToString();
        _progress.IsIndeterminate = task.Progress.Fraction is null;
        _progress.Value = task.Progress.Fraction ?? 0;
        _subject.Text = TaskText.Subject(task);
        _time.Text = TaskText.Time(task.Age);
    }
}
