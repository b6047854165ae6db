using Fibula.Testing;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Conformance;

/// <summary>The ready dialog of Terminal.Gui, as it stands on the screen, used by keys.</summary>
internal sealed class SessionDialog(IApplication application, Dialog dialog) : LoopDialog
{
    private static readonly InputInjectionOptions ThroughTheInputQueue = new() { Mode = InputInjectionMode.Pipeline, AutoProcess = false };

    public override string? Question => Labels().FirstOrDefault();

    public override IReadOnlyList<string> Lines => [.. Labels().Skip(1)];

    public override IReadOnlyList<string> Answers => OnTheScreen(dialog.Buttons.Select(static button => button.Text));

    /// <summary>The adapter's own dialogs among the sessions.</summary>
    public static IReadOnlyList<SessionDialog> Find(IApplication application) =>
        [.. application.SessionStack!.Select(static session => session.Runnable).OfType<Dialog>().Where(IsOfTheAdapter).Select(dialog => new SessionDialog(application, dialog))];

    public override IReadOnlyList<string> WaysTo(string answer) => answer == dialog.Buttons[^1].Text ? ["button", "Escape"] : ["button"];

    public override Task AnswerAsync(string answer, string way)
    {
        // The first button has the focus, and Enter presses the one that has it.
        int before = dialog.Buttons.TakeWhile(button => button.Text != answer).Count();
        Key[] keys = way == "Escape" ? [Key.Esc] : [.. Enumerable.Repeat(Key.Tab, before), Key.Enter];
        Array.ForEach(keys, key => application.GetInputInjector().InjectKey(key, ThroughTheInputQueue));
        return Task.CompletedTask;
    }

    private static bool IsOfTheAdapter(Dialog dialog) => dialog.GetType().Assembly == typeof(TerminalGuiLoop).Assembly;

    private IReadOnlyList<string> Labels() => OnTheScreen(dialog.SubViews.OfType<Label>().Select(static label => label.Text));

    private string[] OnTheScreen(IEnumerable<string> texts)
    {
        string screen = application.Driver!.ToString()!;
        return [.. texts.Where(text => screen.Contains(text, StringComparison.Ordinal))];
    }
}
