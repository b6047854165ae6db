using Fibula;
using Terminal.Gui.App;

namespace Workbench;

/// <summary>For people at a terminal.</summary>
internal sealed class TerminalScreen : IScreen
{
    public bool Show(WorkbenchApp app)
    {
        using IApplication terminal = Application.Create().Init();
        using var window = new MainWindow(app);
        app.Run(new TerminalGuiLoop(terminal, window));
        return true;
    }
}
