using System.Runtime.ExceptionServices;
using System.Windows;
using System.Windows.Threading;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The loop of a WPF dispatcher.</summary>
/// <remarks>
/// <para><b>Threads.</b> The dispatcher's thread is the UI thread. A post from any thread wakes it immediately, also inside a dialog; work beyond
/// 8 ms runs after pending input and paint.</para>
/// <para><b>Cancellation.</b> When the last window is asked to close (with <see cref="ShutdownMode.OnMainWindowClose"/>, the main one), the app is
/// asked to exit; the window stays until all tasks have ended or were given up. What asks nobody, <see cref="Application.Shutdown()"/> and the end
/// of the dispatcher, is held back until then too.</para>
/// <para><b>Errors.</b> An unhandled fault is thrown inside the dispatcher, and so arrives at
/// <see cref="Application.DispatcherUnhandledException"/>. A <see cref="BackgroundTaskCanceledException"/> that leaves an <c>async void</c> method is
/// marked handled there: a handler that was added before this loop sees it first.</para>
/// <para>Use <see cref="WpfExtensions.UseFibula(Application, Action{UiAppOptions})"/> instead in a program that has an application object of its own.</para>
/// </remarks>
public sealed class WpfLoop : ToolkitLoop
{
    private readonly Dispatcher _dispatcher;
    private readonly Application? _application;
    private readonly Window? _mainWindow;
    private readonly bool _isRunByApp;

    /// <summary>Creates the loop of an application for <see cref="UiApp.Run"/>, which then runs that.</summary>
    /// <param name="application">The application, on its own thread.</param>
    /// <param name="mainWindow">The window to open; null where the app's <see cref="UiApp.Startup"/> shows one.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public WpfLoop(Application application, Window? mainWindow = null, TimeProvider? timeProvider = null)
        : this(application.Dispatcher, application, timeProvider)
    {
        _isRunByApp = true;
        _mainWindow = mainWindow;
    }

    /// <summary>Creates the loop of a dispatcher that the program runs itself: an application's, or a second UI thread's without an application.</summary>
    internal WpfLoop(Dispatcher dispatcher, Application? application, TimeProvider? timeProvider = null)
        : base(timeProvider, new DispatcherSynchronizationContext(dispatcher))
    {
        if (WithApp<WpfLoop>().Any(loop => loop._dispatcher == dispatcher))
        {
            string who = application is null ? "This dispatcher" : "The WPF application";
            throw new InvalidOperationException($"{who} has a Fibula loop already. Call UseFibula() once{(application is null ? string.Empty : ", in OnStartup")}.");
        }

        _application = application;
        _dispatcher = dispatcher;
        OpenedWindows.Watch();
        Windows = new WindowClosings(this, application);
        Scopes = new ElementScopes(this);
        if (application is not null)
        {
            application.SessionEnding += OnSessionEnding;

            // Shutdown asks nobody: the windows are closed already, but the dispatcher still runs.
            application.Exit += (_, _) => HoldEnd();
        }

        _dispatcher.ShutdownStarted += OnShutdownStarted;
        _dispatcher.UnhandledException += OnUnhandledException;

        // Comes once the dispatcher runs, which is what "started" means.
        _dispatcher.BeginInvoke(DispatcherPriority.Normal, NotifyStarted);
    }

    internal WindowClosings Windows { get; }

    internal ElementScopes Scopes { get; }

    /// <summary>The loop of an element, which is the calling UI thread's; null in a test whose loop owns the tasks of all views.</summary>
    internal static WpfLoop? Of(FrameworkElement element) =>
        OfThisThread()
        ?? (ScopeInTest(element) is not null ? null : throw NoAppFor(
            element.GetType().Name,
            WithApp<WpfLoop>().Where(loop => loop._dispatcher == element.Dispatcher || element.CheckAccess()),
            toStart: "Call UseFibula() in OnStartup, before the first window is made.",
            toGoOn: "An app leaves when the application shuts down: its ShutdownMode says which window does that."));

    internal static WpfLoop? OfThisThread() => WithApp<WpfLoop>().FirstOrDefault(static loop => loop.CheckAccess());

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _dispatcher.CheckAccess();

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) =>
        _dispatcher.BeginInvoke(yielding ? DispatcherPriority.Background : DispatcherPriority.Normal, RunTurn);

    /// <inheritdoc/>
    protected override void RunCore()
    {
        if (_isRunByApp)
        {
            _application!.Run(_mainWindow);
        }
        else
        {
            base.RunCore();
        }
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        if (_application is not null)
        {
            _application.Shutdown(this.App!.ExitCode);
            return;
        }

        Windows.CloseAll();
        _dispatcher.InvokeShutdown();
    }

    /// <inheritdoc/>
    protected override void PumpUntil(Task task)
    {
        var frame = new DispatcherFrame(exitWhenRequested: false);
        task.ContinueWith(_ => frame.Continue = false, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Dispatcher.PushFrame(frame);
    }

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) =>
        !HasEnded && view is FrameworkElement element && element.CheckAccess() ? Scopes.Of(element) : null;

    /// <inheritdoc/>
    protected override Task<CloseAnswer> AskAsync(CloseQuestion question) =>
        _dispatcher.InvokeAsync(() => Ask(question)).Task;

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _dispatcher.BeginInvoke(DispatcherPriority.Normal, () => ExceptionDispatchInfo.Throw(fault.Exception));
    }

    private CloseAnswer Ask(CloseQuestion question)
    {
        var dialog = new WpfCloseDialog(question, Windows.Active);

        // Where there is no main window, the toolkit takes the next one for it.
        if (_application?.MainWindow == dialog)
        {
            _application.MainWindow = null;
        }

        return dialog.Ask();
    }

    // The system ends the process soon after this; a handler of the program that was added earlier may have refused.
    private void OnSessionEnding(object sender, SessionEndingCancelEventArgs e)
    {
        if (!e.Cancel)
        {
            LeaveWithTheSession();
        }
    }

    // A cancellation that has left an async void method.
    private void OnUnhandledException(object sender, DispatcherUnhandledExceptionEventArgs e)
    {
        if (!e.Handled && e.Exception is BackgroundTaskCanceledException canceled)
        {
            e.Handled = true;
            NotifyCanceled(canceled);
        }
    }

    private void OnShutdownStarted(object? sender, EventArgs e)
    {
        HoldEnd();
        NotifyEnded();
    }
}
