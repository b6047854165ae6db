using System.Globalization;
using System.Windows.Controls;

namespace Fibula;

/// <summary>One task of a list.</summary>
internal sealed class TaskRow : ListBoxItem
{
    private readonly TextBlock _state = new() { Width = 90 };
    private readonly ProgressBar _progress = new() { Width = 100, Maximum = 1 };
    private readonly TextBlock _time = new() { Width = 70 };
    private readonly TextBlock _subject = new();
    private TimeSpan _age;

    public TaskRow(int id)
    {
        Id = id;
        Content = new StackPanel { Orientation = Orientation.Horizontal, Children = { _state, _progress, _time, _subject } };
    }

    public int Id { get; }

    public void Show(TaskSnapshot task)
    {
        string subject = $"{task.Name} ({task.ScopeName})";
        _state.Text = task.State.ToString();
        _progress.IsIndeterminate = task.Progress.Fraction is null;
        _progress.Value = task.Progress.Fraction ?? 0;
        _subject.Text = task.Progress.Message is { Length: > 0 } message ? $"{subject}: {message}" : subject;
        _age = task.Age;
        AddTime(TimeSpan.Zero);
    }

    /// <summary>Brings the time forward while nothing else changes.</summary>
    public void AddTime(TimeSpan time)
    {
        _age += time;
        _time.Text = _age.TotalHours < 1
            ? _age.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)_age.TotalHours}:{_age:mm\\:ss}");
    }
}
