using Fibula;
using Microsoft.Win32.SafeHandles;
using Terminal.Gui.App;
using Terminal.Gui.Input;

namespace Workbench;

/// <summary>For people at a terminal.</summary>
internal sealed class TerminalScreen : IScreen
{
    // A key waits for the next iteration. At the toolkit's own 25, up to 40 ms of the 100 that people don't notice.
    private const ushort IterationsPerSecond = 60;

    public bool Show(WorkbenchApp app)
    {
        Application.MaximumIterationsPerSecond = IterationsPerSecond;
        IApplication terminal = Application.Create();
        try
        {
            using var window = new MainWindow(app);
            terminal.InitializedChanged += (_, e) => ListenForControlC(terminal, app, e.Value);
            app.Run(new TerminalGuiLoop(terminal, window));
        }
        finally
        {
            // The toolkit would wait for its reader, and that never comes back from a terminal that is gone.
            if (IsThere())
            {
                terminal.Dispose();
            }
        }

        return true;
    }

    private static bool IsThere()
    {
        try
        {
            using SafeFileHandle? handle = OperatingSystem.IsWindows() ? null : File.OpenHandle("/dev/tty");
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Init makes the keyboard.
    private static void ListenForControlC(IApplication terminal, WorkbenchApp app, bool isInitialized)
    {
        if (isInitialized)
        {
            terminal.Keyboard.KeyDown += (_, key) => QuitOnControlC(app, key);
        }
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
