using System.Text;
using Terminal.Gui.App;

namespace Fibula;

/// <summary>The terminal while the application has it: lines for people would be lost on its screen, so they wait until it is given back.</summary>
internal sealed class TerminalScreen
{
    private static readonly TimeSpan RescueLimit = TimeSpan.FromMilliseconds(500);

    // An iteration at the toolkit's usual rate, and some.
    private static readonly TimeSpan IterationLimit = TimeSpan.FromMilliseconds(150);

    // The toolkit needs a tenth of a second to set up the terminal, and more on a busy machine.
    private static readonly TimeSpan TakingLimit = TimeSpan.FromSeconds(1);

    // Longer than any process takes to end.
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(5);

    // The same as the toolkit's output writes when it is disposed of: no mouse reports, no bracketed paste, plain colors, the cursor, the normal screen.
    private const string LeaveScreen = "\e[?1000l\e[?1002l\e[?1003l\e[?1006l\e[?1015l\e[?2004l\e[0m\e[?25h\e[?1049l";

    private readonly IApplication _application;
    private readonly Action<string> _write;
    private readonly Func<bool> _isUiThread;
    private readonly ManualResetEventSlim _isHeld = new();

    // How the terminal was before the application; null where that had it already.
    private readonly TerminalMode? _modeBefore;
    private volatile bool _isEnding;

    // Guards _kept, which is null once the screen is given back.
    private readonly Lock _gate = new();
    private KeptLines? _kept = new();

    public TerminalScreen(IApplication application, Action<string> write, Func<bool> isUiThread)
    {
        _application = application;
        _write = write;
        _isUiThread = isUiThread;
        _modeBefore = application.Initialized ? null : TerminalMode.OfTheTerminal();
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

    // Init has begun and not ended.
    private bool IsBeingTaken => _application is { MainThreadId: not null, Initialized: false };

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
        KeptLines? kept;
        lock (_gate)
        {
            kept = _kept;
            _kept = null;
        }

        foreach (string line in kept?.Take() ?? [])
        {
            _write(line);
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Rescue(isFault: false);

    private void OnUnhandledException(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
        {
            Rescue(isFault: true);
        }
    }

    // The process ends around the application: the toolkit would leave its screen, a hidden cursor and mouse reports behind.
    // Its output restores them without any lock, so this works from any thread, also while the UI thread hangs. It restores the
    // mode of the terminal itself only where the runtime raises ProcessExit, which an unhandled exception does not. A terminal that
    // is stopped, or whose connection is dead, blocks writers, but the process must end anyway.
    private void Rescue(bool isFault)
    {
        bool draws = !_isUiThread();
        _isEnding = draws;
        var thread = new Thread(() =>
        {
            if (draws)
            {
                WaitUntilHeld();
            }

            try
            {
                _modeBefore?.Restore();
                if (draws || !isFault)
                {
                    RestoreScreen();
                }
                else
                {
                    // The UI thread's own error: where that leaves a using statement, the application is disposed after the runtime has
                    // printed the error, and would put the cursor back over it. A second time it does nothing.
                    _application.Dispose();
                }

                _modeBefore?.DropInput();
            }
            catch (Exception)
            {
                // The terminal is gone, and nothing is left to restore. The kept lines may still have a reader.
            }

            GiveBack();
        });
        thread.IsBackground = true;
        thread.Start();
        thread.Join(RescueLimit + (2 * TakingLimit));
    }

    private void RestoreScreen()
    {
        if (_application.Driver is { } driver)
        {
            driver.GetOutput().Dispose();
        }
        else if (IsBeingTaken)
        {
            // Init has taken the output, and may wait for another of the toolkit's threads, which has thrown or hangs.
            using Stream terminal = Console.OpenStandardOutput();
            terminal.Write(Encoding.ASCII.GetBytes(LeaveScreen));
        }
    }

    // A UI thread that hangs draws nothing either. Nothing stops one on its way into Init, which could take the terminal after it was restored.
    private void WaitUntilHeld()
    {
        if (!_isHeld.Wait(_application.Initialized ? IterationLimit : TakingLimit) && IsBeingTaken)
        {
            _isHeld.Wait(TakingLimit);
        }
    }
}
