using Fibula.Gtk.Tests.Linux.Panels;
using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>The ready dialog of GTK 4, used by the mouse and by keys.</summary>
internal sealed class Gtk4QuestionDialog : LoopDialog
{
    public override string? Question => Gtk4Dialog.Lines() is [var question, ..] ? question : null;

    public override IReadOnlyList<string> Lines => [.. Gtk4Dialog.Lines().Skip(1)!];

    public override IReadOnlyList<string> Answers => Gtk4Dialog.Answers();

    /// <summary>Those on the screen.</summary>
    public static IReadOnlyList<Gtk4QuestionDialog> Find() => [.. Enumerable.Range(0, Gtk4Dialog.Count()).Select(static _ => new Gtk4QuestionDialog())];

    public override IReadOnlyList<string> WaysTo(string answer) => answer == Answers[^1] ? ["button", "close box", "Escape"] : ["button"];

    public override async Task AnswerAsync(string answer, string way)
    {
        switch (way)
        {
            case "button":
                await Gtk4Dialog.ClickAsync((await GtkProgram.OnUiAsync(Gtk4Dialog.Answers)).IndexOf(answer));
                break;
            case "close box":
                await Gtk4Dialog.CloseAsync();
                break;
            default:
                await Gtk4Dialog.PressEscapeAsync();
                break;
        }
    }
}
