using System.ComponentModel;
using System.Windows;
using System.Windows.Controls;
using Fibula.Diagnostics;

namespace Fibula;

/// <summary>The ready dialog: asks what becomes of tasks that run while something closes. Escape and the close box stay.</summary>
internal sealed class WpfCloseDialog : Window
{
    private readonly CloseQuestion _question;
    private readonly TextBlock[] _lines;
    private CloseAnswer _answer = CloseAnswer.Stay;

    public WpfCloseDialog(CloseQuestion question, Window? owner)
    {
        _question = question;
        _lines = [.. question.Tasks.Select(static task => NewText(TaskText.Line(task)))];
        (Title, Owner, SizeToContent, ResizeMode) = (question.Name, owner, SizeToContent.WidthAndHeight, ResizeMode.NoResize);
        (ShowInTaskbar, WindowStartupLocation) = (false, owner is null ? WindowStartupLocation.CenterScreen : WindowStartupLocation.CenterOwner);
        var lines = new StackPanel();
        var buttons = new StackPanel { Orientation = Orientation.Horizontal, HorizontalAlignment = HorizontalAlignment.Right };
        Array.ForEach(_lines, line => lines.Children.Add(line));
        foreach (CloseAnswer answer in question.Answers)
        {
            buttons.Children.Add(NewButton(answer));
        }

        var scroll = new ScrollViewer { Content = lines, MaxHeight = 200, VerticalScrollBarVisibility = ScrollBarVisibility.Auto };
        Content = new StackPanel { Margin = new Thickness(8), Children = { NewText(TaskText.Question(question)), scroll, buttons } };
    }

    /// <summary>Asks, in a message loop of the dialog's own.</summary>
    /// <returns>The user's answer.</returns>
    public CloseAnswer Ask()
    {
        _question.Changed += OnChanged;
        using CancellationTokenRegistration takenBack = _question.CancellationToken.UnsafeRegister(static dialog => ((WpfCloseDialog)dialog!).CloseLater(), this);
        ShowDialog();
        _question.Changed -= OnChanged;
        return _answer;
    }

    private static TextBlock NewText(string text) => new() { Text = text, MaxWidth = 480, TextWrapping = TextWrapping.Wrap, Margin = new Thickness(4) };

    private Button NewButton(CloseAnswer answer)
    {
        var button = new Button
        {
            Content = TaskText.Answer(answer, _question),
            IsDefault = answer == CloseAnswer.Wait,
            IsCancel = answer == CloseAnswer.Stay,
            Padding = new Thickness(8, 2, 8, 2),
            Margin = new Thickness(4),
        };
        button.Click += (_, _) =>
        {
            _answer = answer;
            Close();
        };
        return button;
    }

    private void OnChanged(object? sender, PropertyChangedEventArgs e)
    {
        foreach ((TextBlock line, BackgroundTask task) in _lines.Zip(_question.Tasks))
        {
            line.Text = TaskText.Line(task);
        }
    }

    // Signaled on any thread, and maybe before there is a window.
    private void CloseLater() => Dispatcher.BeginInvoke(Close);
}
