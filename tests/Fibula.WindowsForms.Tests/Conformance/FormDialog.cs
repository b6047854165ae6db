using System.Windows.Forms;
using Fibula.Testing;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>The ready dialog of Windows Forms, used by the mouse and by keys.</summary>
internal sealed class FormDialog(Form form) : LoopDialog
{
    public override string? Question => Texts<Label>()[0];

    public override IReadOnlyList<string> Lines => Texts<Label>()[1..];

    public override IReadOnlyList<string> Answers => Texts<Button>();

    /// <summary>Those that are shown on the calling thread.</summary>
    public static IReadOnlyList<FormDialog> Find() =>
        [.. Application.OpenForms.Cast<Form>().Where(static form => !form.InvokeRequired && form.Modal).Select(static form => new FormDialog(form))];

    public override IReadOnlyList<string> WaysTo(string answer) => answer switch
    {
        "Stay" => ["button", "Escape", "close box"],
        "Wait for it" => ["button", "Enter"],
        _ => ["button"],
    };

    public override Task AnswerAsync(string answer, string way) => form.InvokeAsync(() =>
    {
        switch (way)
        {
            case "button":
                User32.Click(Below(form).OfType<Button>().Single(button => button.Text == answer));
                break;
            case "close box":
                User32.ClickClose(form.Handle);
                break;
            default:
                User32.Press(form.ActiveControl!, way == "Enter" ? Keys.Enter : Keys.Escape);
                break;
        }
    });

    private static IEnumerable<Control> Below(Control control) =>
        control.Controls.Cast<Control>().SelectMany(static child => Below(child).Prepend(child));

    private string[] Texts<T>()
        where T : Control =>
        [.. Below(form).OfType<T>().Select(static control => control.Text)];
}
