using Terminal.Gui.App;

namespace Fibula;

/// <summary>The terminal while the application has it: lines for people would be lost on its screen, so they wait until it is given back.</summary>
internal sealed class TerminalScreen
{
    private static readonly TimeSpan RescueLimit = TimeSpan.FromMilliseconds(500);

    // An iteration at the toolkit's usual rate, and some.
    private static readonly TimeSpan IterationLimit = TimeSpan.FromMilliseconds(150);

    // Longer than any process takes to end.
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(5);

    private readonly IApplication _application;
    private readonly Action<string> _write;
    private readonly Func<bool> _isUiThread;
    private readonly ManualResetEventSlim _isHeld = new();
    private volatile bool _isEnding;

    // Guards _kept, which is null once the screen is given back.
    private readonly Lock _gate = new();
    private List<string>? _kept = [];

    public TerminalScreen(IApplication application, Action<string> write, Func<bool> isUiThread)
    {
        _application = application;
        _write = write;
        _isUiThread = isUiThread;
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

    /// <summary>On the UI thread, before the toolkit draws: keeps it from drawing over what a process that ends has restored.</summary>
    public void HoldAtTheEnd()
    {
        if (_isEnding)
        {
            _isHeld.Set();
            using var never = new ManualResetEventSlim();
            never.Wait(HoldLimit);
        }
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
        bool draws = !_isUiThread();
        _isEnding = draws;
        var thread = new Thread(() =>
        {
            // An UI thread that hangs draws nothing either.
            _ = draws && _isHeld.Wait(IterationLimit);
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
