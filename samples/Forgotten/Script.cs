using Fibula;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Forgotten;

/// <summary>Presses the buttons where nobody is there to do it: each once all is over that the one before has begun.</summary>
internal sealed class Script
{
    private readonly IApplication _terminal;
    private readonly UiApp _app;
    private readonly IEnumerator<Func<bool>> _steps;
    private Func<bool> _isOver = () => true;

    private Script(IApplication terminal, UiApp app, Ledger ledger)
    {
        _terminal = terminal;
        _app = app;
        _steps = Steps(ledger).GetEnumerator();
    }

    public static void Play(IApplication terminal, UiApp app, Ledger ledger) =>
        terminal.Iteration += new Script(terminal, app, ledger).OnIteration;

    private IEnumerable<Func<bool>> Steps(Ledger ledger)
    {
        Press("Load");
        yield return () => ledger.IsOver("Load");
        Press("Watch");
        yield return () => ledger.HasBegun("Watch");
        Press("Print");
        yield return () => Find("OK") is not null;
        Press("OK");
        yield return () => Find("Send an order") is not null;
        Press("Send an order");
        yield return () => ledger.IsOver("Watch");
        Press("Save");
        yield return () => ledger.IsTold(Outside.DiskIsFull);
        Press("Give paper");
        yield return () => ledger.IsOver("Print");
        _terminal.RequestStop();
    }

    // Not at once: what has ended by now was queued to be told of, and is told before the next step.
    private void OnIteration(object? sender, EventArgs<IApplication?> e)
    {
        if (_isOver())
        {
            _isOver = () => false;
            _app.Post(Next);
        }
    }

    private void Next()
    {
        if (_steps.MoveNext())
        {
            _isOver = _steps.Current;
        }
    }

    // The key goes through the toolkit's queue, so it is handled as one that was typed.
    private void Press(string text)
    {
        Find(text)!.SetFocus();
        _terminal.GetInputInjector().InjectKey(Key.Enter, new InputInjectionOptions { Mode = InputInjectionMode.Pipeline, AutoProcess = false });
    }

    private Button? Find(string text) => Within(_terminal.TopRunnableView!).OfType<Button>().FirstOrDefault(button => button.Text == text);

    private static IEnumerable<View> Within(View view) => view.SubViews.SelectMany(Within).Prepend(view);
}
