using System.Reflection;

namespace Fibula;

/// <summary>
/// An app's life, the same on every toolkit: <see cref="Startup"/>, what it queued, <see cref="OnRunningAsync"/>, the loop's life,
/// <see cref="OnExitAsync"/>, the close of all tasks, the end of the loop.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> The hooks run on the UI thread. <see cref="Post"/>, <see cref="RequestExitAsync"/> and <see cref="Exit"/> may be called from any thread.</para>
/// <para><b>Cancellation.</b> Leaving cancels every task according to its <see cref="ClosePolicy"/> and waits for it; the loop pumps meanwhile.</para>
/// <para><b>Errors.</b> What <see cref="Startup"/> throws comes out of <see cref="Run"/>. An error in another hook is a fault.</para>
/// <para>Use <see cref="UiLoopExtensions.UseFibula"/> or the toolkit's own <c>UseFibula</c> instead where the program has an application object already.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#app">
/// private sealed class NotesApp(Notes notes) : UiApp
/// {
///     protected override void Startup() => notes.ShowWindow();
///
///     protected override Task OnRunningAsync() => notes.LoadAsync();
///
///     protected override Task&lt;bool> OnExitAsync(ExitCause cause) => notes.AskToSaveAsync();      // false: the app stays
/// }
/// </code>
/// </example>
public class UiApp : IOwningApp, IAsksBeforeClose
{
    internal static readonly TimeSpan DefaultForcedExitLimit = TimeSpan.FromSeconds(1.5);

    private readonly ExitProtocol _exit;

    // The hooks that UseFibula was given; null where they are overridden.
    private readonly UiAppOptions? _options;

    /// <summary>Creates an app without a loop: tasks that it starts now are queued.</summary>
    /// <param name="name">Its name in reports; the name of the program if null.</param>
    /// <param name="owner">For a window on a UI thread of its own: the scope on the other UI thread that this app is joined to. Its tasks are canceled
    /// with those of the owner; it exits when the owner closes, without asking; faults that are not handled here are raised there; the owner lists it by
    /// its name. Null for an independent app.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public UiApp(string? name = null, TaskScope? owner = null)
    {
        Tasks = new TaskScope(name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "app");
        _exit = new ExitProtocol(this);
        if (owner is not null)
        {
            Tasks.JoinTo(owner, this);
        }
    }

    /// <summary>Creates the app of a program that has an application object of its own.</summary>
    internal UiApp(UiAppOptions options)
        : this(options.Name, options.Owner)
    {
        _options = options;
        UnhandledFaults = options.UnhandledFaults;
        HandleSignals = options.HandleSignals;
        ForcedExitLimit = options.ForcedExitLimit;
        Tasks.Faulted += options.OnFault;
    }

    /// <summary>The app that the calling code belongs to, for code that is no view: <c>UiApp.Current?.Tasks</c> in a view model or a service.</summary>
    /// <value>On a UI thread the app on it, in a circuit that of its user; on another thread the app of the running task, or the only app of a desktop program.
    /// Null where there is none, after the loop has ended, and on a server outside a circuit.</value>
    /// <remarks>Never throws. Of several apps that are joined to one, threads of no app get that one. Prefer a <see cref="TaskScope"/> in the constructor where the class
    /// lives with one window: its tasks then end with that window, and a test can give it a scope.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/ViewModelExampleTests.cs#service">
    /// private sealed class RecentFiles(List&lt;string> disk)
    /// {
    ///     public void Add(string file) => UiApp.Current?.Tasks.Run(task => SaveAsync(file, task), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(5)) });
    ///
    ///     private async Task SaveAsync(string file, TaskContext task)
    ///     {
    ///         await task.Delay(TimeSpan.Zero);
    ///         disk.Add($"saved {file}");
    ///     }
    /// }
    /// </code>
    /// </example>
    public static UiApp? Current => CurrentApp.Find();

    /// <summary>The app's own scope, the root of all others.</summary>
    public TaskScope Tasks { get; }

    /// <summary>The loop the app runs on; null before <see cref="Run"/> or <see cref="Attach"/>.</summary>
    public UiLoop? Loop => Tasks.Loop;

    /// <summary>The time limit for an exit by a signal. The hook has half of it; tasks have the rest of four fifths, so with 1.5 seconds they are given up after 1.2. At the limit the
    /// process ends. If the loop has ended in time, the rest of the program has no limit, except that a toolkit that owns the terminal has the same time again to restore it.</summary>
    /// <value>Default: 1.5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> never ends the process.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan ForcedExitLimit
    {
        get;
        set => field = Durations.Limit(value);
    } = DefaultForcedExitLimit;

    /// <summary>Whether SIGINT, SIGTERM and SIGHUP end the app. Read when the app gets its loop.</summary>
    /// <value>Default: null. The app handles them if its loop runs on the process's main thread, the one that runs <c>Main</c>. Elsewhere, such as in a service
    /// of a generic host, the process and its signals belong to the program: it ends the app by <see cref="Exit"/> or <see cref="RequestExitAsync"/>.</value>
    /// <remarks>Where the toolkit has the terminal, SIGQUIT is handled too: it ends the process immediately, after the terminal is given back.</remarks>
    public bool? HandleSignals { get; set; }

    /// <summary>What happens to an unhandled fault.</summary>
    /// <value>Default: <see cref="UnhandledFaults.Toolkit"/>.</value>
    public UnhandledFaults UnhandledFaults { get; set; }

    /// <summary>How the close of all tasks went; null before it is over.</summary>
    public CloseReport? CloseReport => _exit.Report;

    /// <summary>The exit code the process should end with: 0, or 128 plus the number of the signal that ended the app, the first if there were
    /// several. A SIGINT after another signal ends the process immediately, with that code; further SIGTERM and SIGHUP have no effect. On Terminal.Gui it is 1
    /// after an unhandled fault, unless a signal ended the app.</summary>
    /// <remarks>Where the app handles signals, the process ends with this code also if <c>Main</c> returns 0. Any other code that the program sets or returns stays.</remarks>
    public int ExitCode => _exit.ExitCode;

    /// <summary>Runs the app on a loop, on the calling thread, until it has exited.</summary>
    /// <param name="loop">An unused loop.</param>
    /// <returns><see cref="ExitCode"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The app has a loop already, or the loop is an <see cref="EventLoop"/> and another runs on this thread.</exception>
    /// <exception cref="NotSupportedException">The loop is one its host runs; use <see cref="Attach"/>.</exception>
    /// <remarks>What <see cref="Startup"/> throws comes out here; nothing it started has then run.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/AppExampleTests.cs#run">
    /// int exitCode = app.Run(new EventLoop());
    /// Console.Error.WriteLine(app.CloseReport);   // 12 tasks: 9 finished, 2 canceled by SIGINT, 1 survivor, 0 lost, 0 failed
    /// </code>
    /// </example>
    public int Run(UiLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.ThrowIfNested();
        Join(loop);
        Tasks.Tree.Pin();
        try
        {
            RunStartup(loop);
            ((IToolkit)loop).Run();
        }
        finally
        {
            loop.EndTurns();
            Tasks.Tree.Unpin();
        }

        return ExitCode;
    }

    /// <summary>Attaches the app to a loop that its host runs. On the UI thread <see cref="Startup"/> runs immediately, otherwise in the loop's first turn.</summary>
    /// <param name="loop">An unused loop.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The app has a loop already.</exception>
    public void Attach(UiLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (loop.IsStartupThread)
        {
            Join(loop);
            RunStartup(loop);
        }
        else
        {
            Join(loop, new WorkItem(WorkItemKind.Internal, _ => RunStartupInATurn(loop), null));
        }
    }

    /// <summary>Queues a callback for the UI thread, also before there is a loop. See <see cref="UiLoop.Post"/>.</summary>
    /// <param name="callback">What to run.</param>
    /// <returns>False once the loop has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public bool Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Tasks.Tree.Post(callback);
    }

    /// <summary>Asks the app to exit: <see cref="OnExitAsync"/> decides. However often it is asked meanwhile, the hook is called once.</summary>
    /// <param name="cause">Why; handed to the hook.</param>
    /// <returns>The decision, before any task is canceled.</returns>
    /// <exception cref="InvalidOperationException">Called inside <see cref="OnExitAsync"/>, which would wait for itself.</exception>
    public Task<ExitDecision> RequestExitAsync(ExitCause cause = ExitCause.Requested)
    {
        _exit.ThrowInsideTheHook();
        return AskToExitAsync(cause);
    }

    /// <summary>Leaves without asking. The tasks are still canceled and waited for.</summary>
    public void Exit() => _exit.Leave(ExitCause.Requested);

    /// <summary>Starts a handler as a task of the app. Kept for programs that come from Toga.</summary>
    /// <param name="handler">Called on the UI thread with the app.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    [Obsolete("Use Tasks.Run(...), which returns a handle.")]
    public void AddBackgroundTask(Action<UiApp> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Tasks.Run(
            () =>
            {
                handler(this);
                return Task.CompletedTask;
            },
            new TaskOptions { Name = CallSite.MethodName(handler) },
            file: null,
            line: 0);
    }

    /// <inheritdoc cref="AddBackgroundTask(Action{UiApp})"/>
    [Obsolete("Use Tasks.Run(...), which returns a handle.")]
    public void AddBackgroundTask(Func<UiApp, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Tasks.Run(() => handler(this), new TaskOptions { Name = CallSite.MethodName(handler) }, file: null, line: 0);
    }

    /// <summary>Builds the app: windows, commands. Runs on the UI thread; tasks it starts begin after it has returned.</summary>
    protected internal virtual void Startup() => _options?.OnStartup?.Invoke(this);

    /// <summary>Runs as a task once the loop runs and all that <see cref="Startup"/> queued has begun: the reliable place to start work.</summary>
    protected internal virtual Task OnRunningAsync() => _options?.OnRunning is { } run ? run() : Task.CompletedTask;

    /// <summary>Decides whether the app exits. Called once per request, however often that is repeated meanwhile.</summary>
    /// <param name="cause">Why the app should exit. A signal does not take no for an answer.</param>
    /// <returns>False refuses: nothing is canceled then.</returns>
    protected internal virtual Task<bool> OnExitAsync(ExitCause cause) => _options?.OnExit is { } ask ? ask(cause) : Task.FromResult(true);

    string ILoopOwner.Name => Tasks.Name;

    ScopeNode IOwningApp.Root => Tasks.Node;

    /// <summary>Asks the user what becomes of tasks that run while a window closes or the app exits. The default is the toolkit's ready dialog.</summary>
    /// <param name="question">Who still runs, how far, and what can be done.</param>
    /// <returns>One of <see cref="CloseQuestion.Answers"/>.</returns>
    protected internal virtual Task<CloseAnswer> OnAskAsync(CloseQuestion question) =>
        _options?.OnAsk is { } ask ? ask(question) : ((IToolkit)Loop!).AskAsync(question);

    /// <summary>As <see cref="RequestExitAsync"/>, for a toolkit: also inside the hook, where nobody waits for the decision.</summary>
    internal Task<ExitDecision> AskToExitAsync(ExitCause cause) => _exit.RequestAsync(cause);

    Task ILoopOwner.EndSessionAsync() => AskToExitAsync(ExitCause.SessionEnding);

    Task<CloseAnswer> IAsksBeforeClose.AskAsync(CloseQuestion question) => OnAskAsync(question);

    void IOwningApp.LeaveWithOwner(CancelReason reason, TimeSpan? within) => _exit.LeaveWithOwner(reason, within);

    void IOwningApp.Fail() => _exit.Fail();

    void ILoopOwner.LoopEnds(UiLoop loop)
    {
        // This one may just be refused, since the app is on another.
        if (Loop == loop)
        {
            _exit.LoopEnds();
        }
    }

    void ILoopOwner.LoopEnded(UiLoop loop)
    {
        if (Loop == loop)
        {
            _exit.LoopEnded();
        }
    }

    private void Join(UiLoop loop, WorkItem? first = null)
    {
        loop.Join(this);
        try
        {
            Tasks.Tree.Attach(loop, LoopTasks.Instance, isHeld: true, first);
        }
        catch (InvalidOperationException)
        {
            // The app stays on the loop that it has. The end of this one must not end it.
            loop.Unjoin();
            throw;
        }
    }

    // On the UI thread, which tells whose the process is.
    private void WatchSignals(UiLoop loop)
    {
        if (!CurrentApp.IsJoined(loop) && (HandleSignals ?? (MainThread.IsCurrent && !((IToolkit)loop).LeavesSignalsToTheHost)))
        {
            _exit.Watch();
        }
    }

    // There is no caller to throw to, and the queue would report the error as a fault of the app.
    private void RunStartupInATurn(UiLoop loop)
    {
        try
        {
            RunStartup(loop);
        }
        catch (Exception error)
        {
            FaultRoute.ReportStartup(this, loop, TaskFault.OfCallback(nameof(Startup), this, loop.Clock.GetUtcNow(), error));
        }
    }

    // Everything started up to the end of Startup is queued, so that a Startup that fails has started nothing.
    private void RunStartup(UiLoop loop)
    {
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        loop.BeginStartup();
        try
        {
            SynchronizationContext.SetSynchronizationContext(loop.Context);
            if (Tasks.IsClosed)
            {
                // The owner was faster.
                loop.EnqueueOrPool(static loop => ((IToolkit)loop!).QuitNow(), loop);
                return;
            }

            WatchSignals(loop);
            Startup();
            Tasks.Run(OnRunningAsync, new TaskOptions { Name = nameof(OnRunningAsync) }, file: null, line: 0);
        }
        catch (Exception error)
        {
            ScopeClose.Abort(Tasks.Node, Tasks.Tree.NewReason("Startup", $"Startup of '{Tasks.Name}' failed: {ErrorText.SentenceOf(error)}"));
            loop.DropPosts();
            throw;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callersContext);
            Tasks.Tree.IsHeld = false;
            loop.EndStartup();
        }
    }
}
