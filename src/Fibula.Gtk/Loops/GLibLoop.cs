using Fibula.Toolkits;

namespace Fibula;

/// <summary>The loop of a GLib main context, in which GTK 3 and 4 and all their bindings run.</summary>
/// <remarks>
/// <para><b>Threads.</b> The thread that makes the loop is the UI thread; once the context is iterated, the thread that does so. A post
/// from any thread wakes the context immediately; work beyond 8 ms runs after pending input and paint.</para>
/// <para><b>Cancellation.</b> A main context cannot tell that it is no longer iterated: call <see cref="End"/> then, unless
/// <see cref="UiApp.Run"/> runs the loop.</para>
/// <para><b>Errors.</b> GLib has no place for exceptions. An unhandled fault goes to the handler given here, else to standard error.</para>
/// </remarks>
public sealed class GLibLoop : ToolkitLoop
{
    private readonly nint _context;
    private readonly Action? _quit;
    private readonly Action<Exception>? _unhandled;
    private readonly TurnSource _turns;
    private volatile Thread _thread = Thread.CurrentThread;

    // The loop that RunCore runs; 0 where the host runs one.
    private nint _mainLoop;

    /// <summary>Creates a loop on the UI thread.</summary>
    /// <param name="quit">Called on the UI thread when the app has exited, to end the host's loop, for example by <c>gtk_main_quit</c>;
    /// the loop counts as ended then. Null if the host ends it, or <see cref="UiApp.Run"/> runs the loop.</param>
    /// <param name="unhandled">Called on the UI thread with the exception of a fault nobody handled, where the binding has a handler for such;
    /// null for standard error.</param>
    /// <param name="context">The GMainContext; 0 for the default one, which is GTK's.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public GLibLoop(Action? quit = null, Action<Exception>? unhandled = null, nint context = 0, TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
        _context = context;
        _quit = quit;
        _unhandled = unhandled;
        _turns = new TurnSource(context, OnTurn, WriteLine);
        Scopes = new GtkViewScopes(this);

        // Comes once the context is iterated, which is what "started" means.
        _turns.Request(yielding: false);
    }

    private GLibLoop(nint application, bool isRunByApp, Action<Exception>? unhandled, TimeProvider? timeProvider)
        : this(quit: null, unhandled, context: 0, timeProvider)
    {
        ArgumentOutOfRangeException.ThrowIfZero(application);
        Application = new ApplicationLife(this, application, isRunByApp);
    }

    /// <summary>The life of the GtkApplication; null where there is none.</summary>
    internal ApplicationLife? Application { get; }

    internal GtkViewScopes Scopes { get; }

    /// <inheritdoc cref="ToolkitLoop.HasLeft"/>
    internal bool MayEnd => HasLeft;

    /// <summary>Creates the loop of a GtkApplication that the program runs.</summary>
    /// <exception cref="InvalidOperationException">The application has a loop already.</exception>
    internal static GLibLoop BesideApplication(nint application, Action<Exception>? unhandled)
    {
        if (WithApp<GLibLoop>().Any(loop => loop.Application?.IsOf(application) is true))
        {
            throw new InvalidOperationException("The GtkApplication has a Fibula loop already. Call UseFibula() once, before it runs.");
        }

        return new GLibLoop(application, isRunByApp: false, unhandled, timeProvider: null);
    }

    /// <summary>Creates the loop of a GtkApplication for <see cref="UiApp.Run"/>, which then runs the application.</summary>
    /// <param name="application">A <c>GtkApplication*</c>. It is registered here, which raises its <c>startup</c>, so that the app's
    /// <see cref="UiApp.Startup"/> can make windows.</param>
    /// <param name="unhandled">Called with the exception of a fault nobody handled, where the binding has a handler for such; null for standard error.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <returns>The loop, for the calling thread.</returns>
    /// <exception cref="InvalidOperationException">The application cannot be registered, or its windows are shown by another process.</exception>
    public static GLibLoop OfApplication(nint application, Action<Exception>? unhandled = null, TimeProvider? timeProvider = null)
    {
        if (GApplication.Register(application, 0, 0) == 0 || GApplication.IsRemote(application))
        {
            throw new InvalidOperationException(
                "The GtkApplication could not be registered as the one that runs. "
                + "Where a second start of the program is to wake the first, run the application itself and call GtkHandles.UseFibula.");
        }

        return new GLibLoop(application, isRunByApp: true, unhandled, timeProvider);
    }

    /// <summary>The loop of a widget, which is the calling UI thread's.</summary>
    internal static GLibLoop OfThisThread(nint widget) =>
        WithApp<GLibLoop>().FirstOrDefault(static loop => loop.CheckAccess())
        ?? throw NoAppFor(
            GObject.TypeName(widget),
            WithApp<GLibLoop>(),
            toStart: "Call UseFibula() on the UI thread, before the first window is made.",
            toGoOn: "An app leaves with its GtkApplication, or when its loop is told to end: make no window after that.");

    /// <summary>Tells that nobody iterates the context any more. Live tasks are asked to cancel, and their clean-up runs on the thread pool.</summary>
    public void End() => NotifyEnded();

    /// <inheritdoc cref="ToolkitLoop.HoldEnd"/>
    internal void HoldBack() => HoldEnd();

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _turns.Request(yielding);

    /// <inheritdoc/>
    protected override void RunCore()
    {
        _thread = Thread.CurrentThread;
        if (Application is { } application)
        {
            application.Run();
            return;
        }

        _mainLoop = GLib.MainLoopNew(_context, isRunning: 0);
        GLib.MainLoopRun(_mainLoop);
        GLib.MainLoopUnref(_mainLoop);
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        if (Application is { } application)
        {
            application.Quit();
        }
        else if (_mainLoop != 0)
        {
            GLib.MainLoopQuit(_mainLoop);
        }
        else if (_quit is { } quit)
        {
            quit();
            End();
        }
    }

    /// <inheritdoc/>
    protected override void PumpUntil(Task task)
    {
        // What completes it is a turn of this context, which wakes it.
        while (!task.IsCompleted)
        {
            _ = GLib.MainContextIteration(_context, mayBlock: 1);
        }
    }

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) =>
        !HasEnded && view is IGtkWidget { Handle: not 0 } widget ? GtkView.Of(widget).Tasks : null;

    /// <inheritdoc/>
    protected override Task<CloseAnswer> AskAsync(CloseQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return GtkWindow.All() is [nint window, ..] ? GtkCloseDialog.AskAsync(this, question, window) : base.AskAsync(question);
    }

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (_unhandled is { } unhandled)
        {
            unhandled(fault.Exception);
        }
        else
        {
            base.OnUnhandledFault(fault);
        }
    }

    private void OnTurn()
    {
        _thread = Thread.CurrentThread;
        NotifyStarted();
        RunTurn();
    }
}
