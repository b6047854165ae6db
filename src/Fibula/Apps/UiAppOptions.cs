namespace Fibula;

/// <summary>Options of <c>UseFibula</c>, for an app that has its own application object. The object is only read during the call.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#options">
/// UiApp app = loop.UseFibula(options =>
/// {
///     options.OnRunning = notes.LoadAsync;
///     options.OnExit = cause => notes.AskToSaveAsync();       // false: the app stays
///     options.OnFault = fault => Log(fault.Message);
/// });
/// </code>
/// </example>
public sealed class UiAppOptions
{
    /// <summary>The app's name in reports.</summary>
    /// <value>Default: null, which takes the name of the program.</value>
    /// <exception cref="ArgumentException">Set to an empty name.</exception>
    public string? Name
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrEmpty(value);
            }

            field = value;
        }
    }

    /// <summary>For a window on a UI thread of its own: the scope on the other UI thread that this app is joined to, see <see cref="UiApp(string, TaskScope)"/>.</summary>
    /// <value>Default: null, an app of its own.</value>
    public TaskScope? Owner { get; set; }

    /// <summary>Called on the UI thread before any task begins. Tasks that it starts begin after it has returned.</summary>
    /// <value>Default: null, nothing.</value>
    public Action<UiApp>? OnStartup { get; set; }

    /// <summary>Runs as a task once the loop runs: the reliable place to start work.</summary>
    /// <value>Default: null, nothing.</value>
    public Func<Task>? OnRunning { get; set; }

    /// <summary>Asked once before the app exits; false refuses, except to a signal.</summary>
    /// <value>Default: null, which never refuses.</value>
    public Func<ExitCause, Task<bool>>? OnExit { get; set; }

    /// <summary>Asks the user what becomes of tasks that run while a window closes or the app exits; see <see cref="ClosePolicy.Ask"/>.</summary>
    /// <value>Default: null, the toolkit's ready dialog.</value>
    public Func<CloseQuestion, Task<CloseAnswer>>? OnAsk { get; set; }

    /// <summary>Called on the UI thread for each unhandled fault. Set <see cref="TaskFault.Handled"/> to keep it from the toolkit.</summary>
    /// <value>Default: null, no handler.</value>
    public Action<TaskFault>? OnFault { get; set; }

    /// <summary>What happens to an unhandled fault.</summary>
    /// <value>Default: <see cref="UnhandledFaults.Toolkit"/>.</value>
    public UnhandledFaults UnhandledFaults { get; set; }

    /// <summary>Whether SIGINT, SIGTERM and SIGHUP end the app, see <see cref="UiApp.HandleSignals"/>.</summary>
    /// <value>Default: null, if the loop runs on the process's main thread.</value>
    public bool? HandleSignals { get; set; }

    /// <summary>The time limit for an exit by a signal, see <see cref="UiApp.ForcedExitLimit"/>.</summary>
    /// <value>Default: 1.5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> never ends the process.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan ForcedExitLimit
    {
        get;
        set => field = Durations.Limit(value);
    } = UiApp.DefaultForcedExitLimit;
}
