using System.ComponentModel;
using System.Drawing;
using System.Windows.Forms;
using Fibula.Diagnostics;

namespace Fibula;

/// <summary>The ready dialog: asks what becomes of tasks that run while something closes. Escape and the close box stay.</summary>
internal sealed class WindowsFormsCloseDialog : Form
{
    private static readonly Size Widest = new(480, 0);

    private readonly UiLoop _loop;
    private readonly CloseQuestion _question;
    private readonly FlowLayoutPanel _lines = new() { FlowDirection = FlowDirection.TopDown, WrapContents = false, AutoSize = true, AutoScroll = true, MaximumSize = new Size(0, 200) };
    private readonly FlowLayoutPanel _buttons = new() { WrapContents = false, AutoSize = true };
    private CancellationTokenRegistration _takenBack;

    public WindowsFormsCloseDialog(UiLoop loop, CloseQuestion question)
    {
        _loop = loop;
        _question = question;
        (Text, FormBorderStyle, StartPosition) = (question.Name, FormBorderStyle.FixedDialog, FormStartPosition.CenterParent);
        (MinimizeBox, MaximizeBox, ShowInTaskbar) = (false, false, false);
        (AutoSize, AutoSizeMode) = (true, AutoSizeMode.GrowAndShrink);
        _lines.Controls.AddRange([.. question.Tasks.Select(static task => NewLabel(TaskText.Line(task)))]);
        _buttons.Controls.AddRange([.. question.Answers.Select(NewButton)]);
        Controls.Add(new FlowLayoutPanel
        {
            FlowDirection = FlowDirection.TopDown,
            WrapContents = false,
            AutoSize = true,
            Padding = new Padding(8),
            Controls = { NewLabel(TaskText.Question(question)), _lines, _buttons },
        });
    }

    /// <summary>The user's answer.</summary>
    public CloseAnswer Answer { get; private set; } = CloseAnswer.Stay;

    /// <inheritdoc/>
    protected override void OnLoad(EventArgs e)
    {
        base.OnLoad(e);
        _question.Changed += OnChanged;
        _takenBack = _question.CancellationToken.UnsafeRegister(static dialog => ((WindowsFormsCloseDialog)dialog!).CloseLater(), this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _takenBack.Dispose();
            _question.Changed -= OnChanged;
        }

        base.Dispose(disposing);
    }

    private static Label NewLabel(string text) => new() { Text = text, AutoSize = true, MaximumSize = Widest, UseMnemonic = false, Margin = new Padding(3) };

    private Button NewButton(CloseAnswer answer)
    {
        var button = new Button { Text = TaskText.Answer(answer, _question), AutoSize = true, UseMnemonic = false };
        button.Click += (_, _) =>
        {
            Answer = answer;
            Close();
        };
        AcceptButton = answer == CloseAnswer.Wait ? button : AcceptButton;
        CancelButton = answer == CloseAnswer.Stay ? button : CancelButton;
        return button;
    }

    private void OnChanged(object? sender, PropertyChangedEventArgs e)
    {
        foreach ((Control line, BackgroundTask task) in _lines.Controls.Cast<Control>().Zip(_question.Tasks))
        {
            line.Text = TaskText.Line(task);
        }
    }

    // Signaled on any thread, and maybe before there is a window.
    private void CloseLater() => _loop.Post(Close);
}
