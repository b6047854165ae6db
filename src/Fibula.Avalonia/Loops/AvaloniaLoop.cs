using System.Runtime.ExceptionServices;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Threading;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The loop of Avalonia's dispatcher.</summary>
/// <remarks>
/// <para><b>Threads.</b> The dispatcher's thread is the UI thread. A post from any thread wakes it immediately; work beyond 8 ms runs
/// after pending input and paint.</para>
/// <para><b>Cancellation.</b> When the last window is asked to close (with <c>OnMainWindowClose</c>, the main one), or the program calls
/// <c>TryShutdown</c>, the app is asked to exit; the window stays until all tasks have ended or were given up. What asks nobody, <c>Shutdown</c>
/// and the end of the dispatcher, is held back until then too.</para>
/// <para><b>Errors.</b> An unhandled fault is thrown inside the dispatcher, and so arrives at <see cref="Dispatcher.UnhandledException"/>.
/// A <see cref="BackgroundTaskCanceledException"/> that leaves an <c>async void</c> method is marked handled there: a handler that was added before
/// this loop sees it first.</para>
/// <para>Use <see cref="AvaloniaExtensions.UseFibula"/> instead in a program that has an application object of its own.</para>
/// </remarks>
public sealed class AvaloniaLoop : ToolkitLoop
{
    private readonly Dispatcher _dispatcher;
    private readonly IControlledApplicationLifetime? _lifetime;
    private readonly ClassicDesktopStyleApplicationLifetime? _toRun;

    /// <summary>Creates the loop of a desktop lifetime for <see cref="UiApp.Run"/>, which then starts that.</summary>
    /// <param name="lifetime">A lifetime that was set up and not started. The app's <see cref="UiApp.Startup"/> may set its main window.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public AvaloniaLoop(ClassicDesktopStyleApplicationLifetime lifetime, TimeProvider? timeProvider = null)
        : this(Dispatcher.UIThread, lifetime, timeProvider)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        _toRun = lifetime;
    }

    /// <summary>Creates the loop of a lifetime that the program starts itself.</summary>
    internal AvaloniaLoop(Dispatcher dispatcher, IApplicationLifetime? lifetime, TimeProvider? timeProvider = null)
        : base(timeProvider, new AvaloniaSynchronizationContext(dispatcher, DispatcherPriority.Normal))
    {
        if (WithApp<AvaloniaLoop>().Any(loop => loop._dispatcher == dispatcher))
        {
            throw new InvalidOperationException(
                "The Avalonia application has a Fibula loop already. Call UseFibula() once, in OnFrameworkInitializationCompleted.");
        }

        _dispatcher = dispatcher;
        _lifetime = lifetime as IControlledApplicationLifetime;
        var desktop = lifetime as IClassicDesktopStyleApplicationLifetime;
        Windows = new WindowClosings(this, desktop);
        Scopes = new ControlScopes(this);
        desktop?.ShutdownRequested += OnShutdownRequested;

        // Shutdown asks nobody: the windows are closed already, but the dispatcher still runs.
        _lifetime?.Exit += (_, _) => HoldEnd();
        dispatcher.ShutdownStarted += OnShutdownStarted;
        dispatcher.UnhandledException += OnUnhandledException;

        // Comes once the dispatcher runs, which is what "started" means.
        dispatcher.Post(NotifyStarted, DispatcherPriority.Normal);
    }

    internal WindowClosings Windows { get; }

    internal ControlScopes Scopes { get; }

    /// <summary>The loop of a control, which is the calling UI thread's; null in a test whose loop owns the tasks of all views.</summary>
    internal static AvaloniaLoop? Of(Control control) =>
        WithApp<AvaloniaLoop>().FirstOrDefault(static loop => loop.CheckAccess())
        ?? (ScopeInTest(control) is not null ? null : throw NoAppFor(
            control.GetType().Name,
            WithApp<AvaloniaLoop>(),
            toStart: "Call UseFibula() in OnFrameworkInitializationCompleted, before the first window is made.",
            toGoOn: "An app leaves when the lifetime shuts down: its ShutdownMode says which window does that."));

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _dispatcher.CheckAccess();

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) =>
        _dispatcher.Post(OnTurn, yielding ? DispatcherPriority.Background : DispatcherPriority.Normal);

    /// <inheritdoc/>
    protected override void RunCore()
    {
        if (_toRun is null)
        {
            base.RunCore();
            return;
        }

        _toRun.Start();

        // The dispatcher is gone, and its context would swallow whatever the caller awaits from here on.
        SynchronizationContext.SetSynchronizationContext(null);
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        if (_lifetime is { } lifetime)
        {
            lifetime.Shutdown(this.App!.ExitCode);
        }
        else
        {
            _dispatcher.BeginInvokeShutdown(DispatcherPriority.Normal);
        }
    }

    /// <inheritdoc/>
    protected override void PumpUntil(Task task)
    {
        if (_dispatcher.SupportsRunLoops)
        {
            var frame = new DispatcherFrame(exitWhenRequested: false);
            task.ContinueWith(_ => frame.Continue = false, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _dispatcher.PushFrame(frame);
        }
    }

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) => !HasEnded && view is Control control && control.CheckAccess() ? Scopes.Of(control) : null;

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _dispatcher.Post(() => ExceptionDispatchInfo.Throw(fault.Exception), DispatcherPriority.Normal);
    }

    private void OnTurn()
    {
        Windows.ComeLast();
        RunTurn();
    }

    // TryShutdown, or the system. The answer given here counts.
    private void OnShutdownRequested(object? sender, ShutdownRequestedEventArgs e)
    {
        if (e.Cancel || HasLeft || this.App is not { } app)
        {
            return;
        }

        if (AvaloniaSecrets.IsEndOfSession(e))
        {
            LeaveWithTheSession();
            return;
        }

        e.Cancel = true;
        ExitCause cause = sender is IClassicDesktopStyleApplicationLifetime { Windows.Count: 0 } ? ExitCause.WindowClosed : ExitCause.Requested;
        Post(() => _ = app.RequestExitAsync(cause));
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
