using Fibula;
using Terminal.Gui.App;
using Terminal.Gui.Input;

namespace Workbench;

/// <summary>For people at a terminal.</summary>
internal sealed class TerminalScreen : IScreen
{
    public bool Show(WorkbenchApp app)
    {
        using IApplication terminal = Application.Create().Init();
        using var window = new MainWindow(app);
        terminal.Keyboard.KeyDown += (_, key) => QuitOnControlC(app, key);
        app.Run(new TerminalGuiLoop(terminal, window));
        return true;
    }

    // Before any view sees the key: it quits from a dialog too. The terminal sends no signal for it while the screen is up.
    private static void QuitOnControlC(WorkbenchApp app, Key key)
    {
        if (key == Key.C.WithCtrl)
        {
            key.Handled = true;
            _ = app.RequestExitAsync(ExitCause.WindowClosed);
        }
    }
}
