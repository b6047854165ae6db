using Fibula.Toolkits;

namespace Fibula;

/// <summary>
/// A loop for a host that owns its frame loop (a game, an immediate-mode GUI): the host calls <see cref="Pump"/> once per frame.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="Pump"/> and <see cref="End"/> belong to one thread, the one that attached the app; that is the UI thread.</para>
/// <para><b>Cancellation.</b> The app's exit cancels all tasks and waits for them while the host goes on pumping;
/// when <see cref="Pump"/> returns false the host leaves its frame loop and calls <see cref="End"/>.</para>
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
public sealed class ManualLoop : ToolkitLoop
{
    private readonly Action? _wake;

    // Guards _waking and _isEnded, and is pulsed when a wake has returned. A Monitor, since Lock cannot be waited on. The host is called outside it.
    private readonly object _gate = new();
    private readonly List<Thread> _waking = [];
    private bool _isEnded;
    private volatile Thread? _thread;
    private volatile bool _quit;

    /// <summary>Creates a loop that runs only while <see cref="Pump"/> is called.</summary>
    /// <param name="wake">Called from any thread when there is something to pump, for a host that sleeps between frames; null for one that never does. It must
    /// not block, and is not called any more once <see cref="End"/> has returned.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public ManualLoop(Action? wake = null, TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
        _wake = wake;
    }

    /// <summary>Runs what is waiting, for at most 8 ms.</summary>
    /// <returns>False once the app has exited, after every task has ended or was given up, or the loop was ended.</returns>
    /// <exception cref="InvalidOperationException">Another thread than the one that pumped first calls.</exception>
    public bool Pump()
    {
        Thread current = Thread.CurrentThread;
        if (_thread is not { } owner)
        {
            _thread = current;
            NotifyStarted();
        }
        else if (owner != current)
        {
            throw new InvalidOperationException(
                $"The loop is pumped on thread {current.ManagedThreadId}, but it belongs to thread {owner.ManagedThreadId}. Call Pump from the thread that pumped first.");
        }

        RunTurn();
        return !_quit && !HasEnded;
    }

    /// <summary>Tells that the host pumps no more. Live tasks are asked to cancel, and their clean-up runs on the thread pool. Waits until calls of the host's
    /// wake-up on other threads have returned: afterwards there are none, and what it uses may be torn down.</summary>
    public void End()
    {
        NotifyEnded();
        lock (_gate)
        {
            _isEnded = true;
            while (_waking.Exists(static thread => thread != Thread.CurrentThread))
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => Wake();

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        _quit = true;
        Wake();
    }

    private void Wake()
    {
        if (_wake is null || !BeginWake())
        {
            return;
        }

        try
        {
            _wake();
        }
        finally
        {
            lock (_gate)
            {
                _waking.Remove(Thread.CurrentThread);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool BeginWake()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _waking.Add(Thread.CurrentThread);
            }

            return !_isEnded;
        }
    }
}
