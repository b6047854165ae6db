namespace Fibula;

/// <summary>
/// A loop for a host that owns its frame loop (a game, an immediate-mode GUI): the host calls <see cref="Pump"/> once per frame.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="Pump"/> and <see cref="End"/> belong to one thread, the one that attached the app; that is the UI thread.</para>
/// <para><b>Cancellation.</b> The app's exit tells all tasks and waits for them while the host goes on pumping;
/// when <see cref="HasQuit"/> is true the host leaves its frame loop and calls <see cref="End"/>.</para>
/// <para><b>Errors.</b> A fault nobody handled is written to standard error.</para>
/// <para>Use <see cref="EventLoop"/> instead in a program that has no loop of its own.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/LoopExampleTests.cs#manual">
/// var loop = new ManualLoop();
/// UiApp app = loop.UseFibula(options => options.OnRunning = game.LoadLevelAsync);
/// game.Quitting += app.Exit;
/// while (loop.Pump())         // false once the app has left
/// {
///     game.DrawFrame();
/// }
///
/// loop.End();
/// </code>
/// </example>
public sealed class ManualLoop : UiLoop
{
    private readonly Action? _wake;
    private volatile int _thread;
    private volatile bool _quit;

    /// <summary>Creates a loop that runs only while <see cref="Pump"/> is called.</summary>
    /// <param name="wake">Called from any thread when there is something to pump, for a host that sleeps between frames; null for one that never does.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public ManualLoop(Action? wake = null, TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
        _wake = wake;
    }

    /// <summary>True once the app has left: every task has ended or was given up, and the host should leave its frame loop.</summary>
    public bool HasQuit => _quit;

    /// <summary>Runs what is waiting, for at most 8 ms.</summary>
    /// <returns>False once the app has left or the loop was ended.</returns>
    /// <exception cref="InvalidOperationException">Another thread than the one that pumped first calls.</exception>
    public bool Pump()
    {
        int current = Environment.CurrentManagedThreadId;
        if (_thread == 0)
        {
            _thread = current;
            NotifyStarted();
        }
        else if (_thread != current)
        {
            throw new InvalidOperationException(
                $"The loop is pumped on thread {current}, but it belongs to thread {_thread}. Call Pump from the thread that pumped first.");
        }

        RunTurn();
        return !_quit && !HasEnded;
    }

    /// <summary>Tells that the host pumps no more. Live tasks are told to cancel, and their clean-up runs on the thread pool.</summary>
    public void End() => NotifyEnded();

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _wake?.Invoke();

    /// <inheritdoc/>
    protected internal override void QuitCore()
    {
        _quit = true;
        _wake?.Invoke();
    }
}
