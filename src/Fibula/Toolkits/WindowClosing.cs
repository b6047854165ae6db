using System.Reflection;

namespace Fibula.Toolkits;

/// <summary>
/// For adapters: closes one window in order. The toolkit's close is canceled first, the window asks its question, its tasks end, and then it is really closed.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> All members belong to the UI thread, except <see cref="Name"/>, which any thread may read.</para>
/// <para><b>Cancellation.</b> A window with live tasks waits for them. It does not wait for repeated work between two runs, nor for tasks with
/// <see cref="ClosePolicy.Abandon"/>. A close continues until the window is closed, unless the answer to the question
/// is no. The app's exit closes the window in any case, and does not wait for an answer.</para>
/// <para><b>Errors.</b> An exception of the question is a fault, and counts as no.</para>
/// <para><b>For adapters.</b> Call <see cref="HoldBack"/> in the toolkit's closing event, and call <see cref="NotifyOpened"/> and
/// <see cref="NotifyClosed"/>. The real close happens in a later turn, never inside that event.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AdapterExampleTests.cs#closing">
/// private sealed class ToolkitWindowClosing : WindowClosing
/// {
///     private readonly ControlScopes _scopes;
///     private readonly Window _window;
///
///     public ToolkitWindowClosing(ToolkitLoop loop, ControlScopes scopes, Window window)
///         : base(loop)
///     {
///         (_scopes, _window) = (scopes, window);
///         window.Closing += (_, e) => e.Cancel = HoldBack();
///         window.Closed += (_, _) => NotifyClosed();
///     }
///
///     protected override string Name => _scopes.NameOf(_window);
///
///     protected override IReadOnlyList&lt;TaskScope> TaskScopes => _scopes.ScopesIn(_window);
///
///     protected override void CloseCore() => _window.Close();
/// }
/// </code>
/// </example>
public abstract class WindowClosing
{
    // Open ──close asked──► Closing ──tasks ended, app left──► Stopping ──closed──► Stopped
    //  ▲                      │ no, failed                        │ no               │
    //  └──────────────────────┴───────────────────────────────────┴──opened again────┘
    //
    // The app's exit goes directly from Open to Stopping, and a close by the toolkit itself from any state to Stopped.
    //
    // Everything here happens on the UI thread.
    private readonly ToolkitLoop _loop;
    private readonly WindowWait _wait;
    private State _state;

    // The number of the close that is in progress: what an earlier one has left behind must not touch it.
    private int _close;

    // The windows that wait together with this one.
    private IReadOnlyList<WindowClosing> _waiting = [];
    private bool _waitsForTasks = true;
    private Func<Task<bool>>? _mayClose;
    private BackgroundTask? _question;

    /// <summary>Creates the closing of an open window.</summary>
    /// <param name="loop">The window's loop, with an app.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    protected WindowClosing(ToolkitLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _wait = new WindowWait(loop, EnableInput, () => Title, title => Title = title);
    }

    /// <summary>Whether this is the main window: the app decides about its close, and it stays until the app has exited.</summary>
    /// <value>Default: false.</value>
    public bool EndsTheApp { get; set; }

    /// <summary>The window is held back at the moment: it asks, or waits for tasks.</summary>
    public bool IsHeldBack => _state == State.Closing;

    /// <summary>What people and reports call the window.</summary>
    protected abstract string Name { get; }

    /// <summary>The scopes of the window and of what is in it.</summary>
    protected abstract IReadOnlyList<TaskScope> TaskScopes { get; }

    /// <summary>The windows that the toolkit closes together with this one. They are not held back then: this one waits for their tasks too.</summary>
    /// <value>Default: none.</value>
    protected virtual IReadOnlyList<WindowClosing> OwnedWindows => [];

    /// <summary>The window's title, in which it tells that it waits.</summary>
    /// <value>Default: null, a window without one.</value>
    protected virtual string? Title
    {
        get => null;
        set
        {
        }
    }

    /// <summary>The window asks a question of its own before it closes.</summary>
    protected bool HasQuestion => _mayClose is not null;

    /// <summary>A close would be held back: there is somebody to ask, or a task to wait for.</summary>
    protected bool MustHoldBack => _state != State.Stopping && _loop.App is not null && IsAtStake;

    /// <summary>The toolkit's closing event has come, see <see cref="NotifyAsked"/>. It does not where the program overrides what raises it and does not call
    /// the base method, or calls it too late.</summary>
    protected bool IsAsked { get; private set; }

    private IEnumerable<WindowClosing> Family => OwnedWindows.SelectMany(static owned => owned.Family).Prepend(this);

    private IReadOnlyList<TaskScope> ScopesOfFamily => [.. Family.SelectMany(static window => window.TaskScopes)];

    private bool IsAtStake => EndsTheApp || HasQuestion || MustWait || MustAsk;

    private bool MustAsk => Family.Any(static window => window.HasTask(static task => task.Node.IsToBeAskedAbout));

    private bool MustWait => Family.Any(static window => window._waitsForTasks && window.HasTask(static task => task.Node.HoldsWindow));

    /// <summary>The window waits for its tasks when it is to close, as it does from the start, and asks first.</summary>
    /// <param name="mayClose">The question, asked once per close, also where there is no task; null for none.</param>
    public void WaitForTasks(Func<Task<bool>>? mayClose)
    {
        _waitsForTasks = true;
        _mayClose = mayClose;
    }

    /// <summary>Sets whether the window waits for its tasks when it is to close. It asks no question of its own from then on.</summary>
    /// <param name="waits">False closes it immediately, and cancels its tasks.</param>
    public void WaitForTasks(bool waits)
    {
        _waitsForTasks = waits;
        _mayClose = null;
    }

    /// <summary>Tells whether no window would be left with this one closed.</summary>
    /// <param name="open">The open windows. This one, those that close with it and those that are held back do not count.</param>
    /// <exception cref="ArgumentNullException"><paramref name="open"/> is null.</exception>
    public bool IsLastOf(IEnumerable<WindowClosing> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return open.Except(Family).All(static other => other.IsHeldBack);
    }

    /// <summary>Closes the window for real.</summary>
    public void Close()
    {
        EndWait();
        _state = State.Stopping;
        try
        {
            CloseCore();
        }
        catch when (!_loop.HasLeft)
        {
            // A handler of the program's has thrown.
            NotifyRefused();
            throw;
        }
    }

    /// <summary>Closes the window for real if it is held back.</summary>
    public void LetGo()
    {
        if (IsHeldBack)
        {
            Close();
        }
    }

    /// <summary>Tells whether the toolkit must keep the window for now. Called in its closing event; begins the close in order.</summary>
    /// <returns>False if the window may close immediately, as on a loop without an app.</returns>
    protected bool HoldBack()
    {
        if (!MustHoldBack)
        {
            return false;
        }

        if (!IsHeldBack)
        {
            _close++;
            if (!Post(_close, Begin))
            {
                return false;
            }

            _state = State.Closing;
        }

        return true;
    }

    /// <summary>Tells that the toolkit shows the window.</summary>
    /// <returns>True if it is shown again after a close, with new scopes.</returns>
    protected bool NotifyOpened()
    {
        // A window may be closed by what it does while it opens.
        if (IsHeldBack)
        {
            return false;
        }

        EndWait();
        IsAsked = false;
        bool isAgain = _state == State.Stopped;
        _state = State.Open;
        return isAgain;
    }

    /// <summary>Tells that the window stays open after its real close, because the program has refused it. The window, and those that close with it,
    /// get new scopes.</summary>
    protected void NotifyStayed()
    {
        foreach (WindowClosing window in Family)
        {
            window.Renew();
            window.NotifyOpened();
        }
    }

    /// <summary>Tells that the program says no to a close. Where that is the close for real, the window stays, see <see cref="NotifyStayed"/>.</summary>
    protected void NotifyRefused()
    {
        if (_state == State.Stopping)
        {
            NotifyStayed();
        }
    }

    /// <summary>Forgets the scopes of the window, which are closed: it is shown again, or stays.</summary>
    protected virtual void Renew()
    {
    }

    /// <summary>The toolkit has closed the window, for whatever reason. Its tasks are canceled, if they have not been yet.</summary>
    /// <returns>True if the app has exited, and this was its main window.</returns>
    protected bool NotifyClosed()
    {
        bool hasLeft = EndsTheApp && _state == State.Stopping;
        _wait.Pause();
        IsAsked = false;
        _state = State.Stopped;
        _question?.Cancel($"'{Name}' was closed.");
        if (!hasLeft)
        {
            _ = CloseTasksAsync();
        }

        return hasLeft;
    }

    /// <summary>Tells that the toolkit's closing event has come, whatever was said there before. Call it first in that event.</summary>
    protected void NotifyAsked() => IsAsked = true;

    /// <summary>Tells whether the window's class overrides a method of the toolkit's, such as the one that raises the closing event.</summary>
    /// <typeparam name="TArgs">The type of the method's only parameter.</typeparam>
    /// <param name="window">The window.</param>
    /// <param name="method">The toolkit's own method; null where there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="window"/> is null.</exception>
    protected static bool Overrides<TArgs>(object window, MethodInfo? method)
    {
        ArgumentNullException.ThrowIfNull(window);
        return method is not null && method.CreateDelegate<Action<TArgs>>(window).Method != method;
    }

    /// <summary>Tells that the toolkit closes the window itself, before <see cref="NotifyClosed"/>. If the closing event was not raised, because the
    /// program overrides the method that raises it and does not call the base method in time, and tasks are cut off, a line on standard error says so.</summary>
    /// <param name="method">The method that the program overrides.</param>
    protected void NotifyNotAsked(string method)
    {
        if (!IsAsked && !_loop.HasLeft && _state is (State.Open or State.Closing) && IsAtStake)
        {
            string what = EndsTheApp ? "the app was asked" : "its tasks had ended";
            LastResort.WriteLine(
                _loop,
                $"'{Name}' was closed before {what}: its '{method}' does not call 'base.{method}' before it returns or awaits. "
                + "Call that first, and ask by CloseAfterTasks.");
        }
    }

    /// <summary>Makes the toolkit close the window; its closing event, if that comes again, is not held back.</summary>
    protected abstract void CloseCore();

    /// <summary>Lets the user's input into the window, or keeps it out: called with false when the window begins to wait for its tasks, and with true
    /// before it closes or stays.</summary>
    /// <param name="isEnabled">Whether input is let in.</param>
    protected virtual void EnableInput(bool isEnabled)
    {
    }

    // Each step of a close, but for the first, comes in a later turn. The toolkit may have closed the window meanwhile, or the app may have left; and the
    // window may have been asked to close once more.
    private bool IsInProgress(int close) => IsHeldBack && _close == close;

    private bool Post(int close, Action step) => _loop.Post(() =>
    {
        if (IsInProgress(close))
        {
            step();
        }
    });

    private void Begin()
    {
        if (_mayClose is { } mayClose)
        {
            int close = _close;
            _question = _loop.App!.Tasks.Run(token => AskAsync(close, mayClose, token), new TaskOptions { Name = $"May '{Name}' close?", IsSystem = true });
        }
        else
        {
            Proceed();
        }
    }

    // A task of its own, so that an exception of the question is a fault with a name, and counts as no. If the app exits or the window is gone,
    // the answer is no longer needed and delays nothing.
    private async Task AskAsync(int close, Func<Task<bool>> mayClose, CancellationToken cancellationToken)
    {
        bool isYes = false;
        try
        {
            Task<bool> answer = mayClose() ?? throw ReturnedTask.IsNull("The question of", Name);
            isYes = await answer.WaitAsync(cancellationToken).ConfigureAwait(true);
        }
        finally
        {
            Post(close, isYes ? Proceed : StayOpen);
        }
    }

    private void Proceed() => _ = EndsTheApp ? LeaveAsync(_close) : CloseAfterTasksAsync(_close);

    private async Task LeaveAsync(int close)
    {
        UiApp app = _loop.App!;
        ExitDecision decision = await new LoopWait<ExitDecision>(app.Tasks.Tree, app.AskToExitAsync(ExitCause.WindowClosed));
        Post(close, decision == ExitDecision.Leaving ? BeginWait : StayOpen);
    }

    private async Task CloseAfterTasksAsync(int close)
    {
        // On the UI thread again: a toolkit's windows say their names only there.
        IReadOnlyList<TaskScope> scopes = ScopesOfFamily;
        TaskScope root = _loop.App!.Tasks;
        bool mayClose = await new LoopWait<bool>(root.Tree, AskBeforeClose.AskAsync(root.Node, Name, [.. scopes.Select(static scope => scope.Node)]));
        if (mayClose)
        {
            if (IsInProgress(close))
            {
                BeginWait();
            }

            await new LoopWait(root.Tree, CloseAllAsync(scopes, Name));
        }

        Post(close, mayClose ? Close : StayOpen);
    }

    private void BeginWait()
    {
        _waiting = [.. Family];
        foreach (WindowClosing window in _waiting)
        {
            window._wait.Begin();
        }
    }

    private void EndWait()
    {
        foreach (WindowClosing window in _waiting.Union(Family))
        {
            window._wait.End();
        }

        _waiting = [];
    }

    private bool HasTask(Func<ITaskNode, bool> isMeant) => TaskScopes.Any(scope => JoinedRoot.LiveTasksWithJoined(scope.Node).Any(isMeant));

    /// <summary>Closes the scopes of one window or view, whose name their tasks get as the reason.</summary>
    internal static Task CloseAllAsync(IReadOnlyList<TaskScope> scopes, string view) =>
        Task.WhenAll(scopes.Select(scope => (Task)scope.CloseAsync($"'{view}' was closed.", member: $"'{view}'", file: null)));

    private Task CloseTasksAsync() => CloseAllAsync(TaskScopes, Name);

    private void StayOpen() => _state = State.Open;

    private enum State
    {
        Open,
        Closing,
        Stopping,
        Stopped,
    }
}
