using System.Runtime.ExceptionServices;
using System.Windows.Forms;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The loop of a Windows Forms thread: everything runs in its message loop, also while a dialog, a menu or a message box is open.</summary>
/// <remarks>
/// <para><b>Threads.</b> The thread that makes the loop is the UI thread. A post from any thread wakes it immediately; work beyond 8 ms runs
/// after pending input and paint. A callback of <see cref="Control.BeginInvoke(Delegate)"/> that posts itself again without end holds everything up, as it does
/// without Fibula: the toolkit works off all of them in one message.</para>
/// <para><b>Cancellation.</b> When the main form is to close, by whatever click or call, the app is asked to exit; the form stays, and the messages go on,
/// until all tasks have ended or were given up. An end that cannot be refused (<see cref="Application.ExitThread"/>, a main form that is disposed) is held
/// back once the forms are gone: the tasks are canceled, and waited for.</para>
/// <para><b>Errors.</b> An unhandled fault goes where what an <c>async void</c> handler throws goes: to <see cref="Application.ThreadException"/>,
/// or the toolkit's dialog.</para>
/// <para>Use <see cref="WindowsFormsExtensions"/> instead in a program that calls <see cref="Application.Run()"/> itself.</para>
/// </remarks>
public sealed class WindowsFormsLoop : ToolkitLoop
{
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly ApplicationContext? _context;
    private readonly TurnWindow _turns;

    // The toolkit has ended its own loop: its handlers are gone with the forms.
    private bool _isPastTheForms;
    private bool _isNextLoopToCome;

    /// <summary>Creates the loop of the calling thread for <see cref="UiApp.Run"/>, which then runs the form on it.</summary>
    /// <param name="mainForm">The main form.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public WindowsFormsLoop(Form mainForm, TimeProvider? timeProvider = null)
        : this(new ApplicationContext(mainForm), timeProvider)
    {
        ArgumentNullException.ThrowIfNull(mainForm);
    }

    /// <summary>Creates the loop of the calling thread for <see cref="UiApp.Run"/>, which then runs the context on it.</summary>
    /// <param name="context">Holds the main form, which the app's <see cref="UiApp.Startup"/> may make; without one the app runs until it is asked to exit.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public WindowsFormsLoop(ApplicationContext context, TimeProvider? timeProvider = null)
        : this(context, isMainForm: null, timeProvider)
    {
        ArgumentNullException.ThrowIfNull(context);
    }

    /// <summary>Creates the loop of a thread that the program runs itself, where there is no context.</summary>
    internal WindowsFormsLoop(ApplicationContext? context, Func<Form, bool>? isMainForm, TimeProvider? timeProvider = null)
        : base(timeProvider, new WindowsFormsSynchronizationContext())
    {
        _context = context;
        MainForms = new MainForms(context, isMainForm, form => Forms!.Of(form));
        Forms = new FormClosings(this);
        Scopes = new ControlScopes(this);
        _turns = new TurnWindow(OnTurn);
        Application.ThreadExit += OnThreadExit;

        // Comes once the messages are pumped, which is what "started" means.
        _turns.Request(yielding: false);
    }

    internal MainForms MainForms { get; }

    internal FormClosings Forms { get; }

    internal ControlScopes Scopes { get; }

    /// <summary>The loop of the calling thread; null where it has none, or that has no app.</summary>
    internal static WindowsFormsLoop? OfThisThread => WithApp<WindowsFormsLoop>().FirstOrDefault(loop => loop.CheckAccess());

    /// <summary>The loop of a control, which is the calling thread's; null in a test whose loop owns the tasks of all views.</summary>
    internal static WindowsFormsLoop? Of(Control control) =>
        OfThisThread
        ?? (ScopeInTest(control) is not null ? null : throw NoAppFor(
            ControlScopes.Name(control),
            WithApp<WindowsFormsLoop>(),
            toStart: "Call Application.UseFibula() on the UI thread, before the first form is made.",
            toGoOn: "An app leaves with its main form: where the thread calls Application.Run() twice, tell by isMainForm which form that is."));

    /// <inheritdoc cref="ToolkitLoop.LeaveWithTheSession"/>
    internal void EndWithTheSession() => LeaveWithTheSession();

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _turns.Request(yielding);

    /// <inheritdoc/>
    protected override void RunCore()
    {
        if (_context is null)
        {
            base.RunCore();
            return;
        }

        MainForms.Watch();
        Application.Run(_context);
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        // The end of the main form is the end of the message loop. Each request is a message of its own: a second one would end whichever loop comes next.
        bool isEnding = false;
        ApplicationContext? context = _context ?? RunningContext.Current;
        context?.ThreadExit += OnEnding;
        Forms.Close();
        context?.ThreadExit -= OnEnding;
        if (!isEnding)
        {
            Application.ExitThread();
        }

        void OnEnding(object? sender, EventArgs e) => isEnding = true;
    }

    /// <inheritdoc/>
    protected override void PumpUntil(Task task) => MessagePump.RunUntil(task);

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) => !HasEnded && view is Control control ? Scopes.Of(control) : null;

    /// <inheritdoc/>
    protected override async Task<CloseAnswer> AskAsync(CloseQuestion question)
    {
        using var dialog = new WindowsFormsCloseDialog(this, question);
        await dialog.ShowDialogAsync().ConfigureAwait(true);
        return dialog.Answer;
    }

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (_isPastTheForms)
        {
            base.OnUnhandledFault(fault);
            return;
        }

        new WindowsFormsSynchronizationContext().Post(static error => ExceptionDispatchInfo.Throw((Exception)error!), fault.Exception);
    }

    private void OnTurn()
    {
        NotifyStarted();
        if (_isNextLoopToCome)
        {
            _isNextLoopToCome = false;
            MainForms.Begin();
        }

        RunTurn();
    }

    // The message loop has ended: the forms are gone, but this thread can still pump.
    private void OnThreadExit(object? sender, EventArgs e)
    {
        if (!CheckAccessCore())
        {
            return;
        }

        if (MainForms.IsStillToCome && !HasLeft)
        {
            MainForms.Begin();
            _isNextLoopToCome = true;
            _turns.Request(yielding: false);
            return;
        }

        Application.ThreadExit -= OnThreadExit;
        _isPastTheForms = true;
        HoldEnd();
        MainForms.Stop();
        NotifyEnded();
        _turns.DestroyHandle();
    }
}
