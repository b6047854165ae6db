using Terminal.Gui.App;

namespace Fibula;

/// <summary>The terminal while the application has it: lines for people would be lost on its screen, so they wait until it is given back.</summary>
internal sealed class TerminalScreen
{
    private static readonly TimeSpan RescueLimit = TimeSpan.FromMilliseconds(500);

    private readonly IApplication _application;
    private readonly Action<string> _write;

    // Guards _kept, which is null once the screen is given back.
    private readonly Lock _gate = new();
    private List<string>? _kept = [];

    public TerminalScreen(IApplication application, Action<string> write)
    {
        _application = application;
        _write = write;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            if (_kept is not null && !Console.IsErrorRedirected)
            {
                _kept.Add(line);
                return;
            }
        }

        _write(line);
    }

    /// <summary>The toolkit has restored the terminal.</summary>
    public void GiveBack()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        List<string>? kept;
        lock (_gate)
        {
            kept = _kept;
            _kept = null;
        }

        kept?.ForEach(_write);
    }

    private void OnProcessExit(object? sender, EventArgs e) => Rescue();

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
        {
            Rescue();
        }
    }

    // The process ends around the application: the toolkit would leave its screen, a hidden cursor and mouse reports behind.
    // Its output restores them without any lock, so this works from any thread, also while the UI thread hangs. A terminal that
    // is stopped, or whose connection is dead, blocks whoever writes to it; the process must end all the same.
    private void Rescue()
    {
        var thread = new Thread(() =>
        {
            try
            {
                _application.Driver?.GetOutput().Dispose();
            }
            catch (Exception)
            {
                // The terminal is gone, and nothing is left to restore. What was kept may still have a reader.
            }

            GiveBack();
        });
        thread.IsBackground = true;
        thread.Start();
        thread.Join(RescueLimit);
    }
}
