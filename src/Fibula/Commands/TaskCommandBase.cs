using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Windows.Input;

namespace Fibula;

/// <summary>The base of commands with and without a parameter: policy, limit, bindable state, cancellation.</summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread; the events are raised on the UI thread. The counts and the last runs are up to date in the turn in which they
/// change.</para>
/// <para><b>Cancellation.</b> The runs are tasks of <see cref="Scope"/> and end with it. <see cref="CancelCommand"/> cancels them all.</para>
/// <para><b>Closing.</b> A command is disabled once its scope begins to close. A command of a view works again when the view
/// is shown again.</para>
/// <para><b>Errors.</b> An exception of a run is in its handle. A button does not await the handle, so it is a fault of the scope. If a subscriber throws, the
/// others are still called.</para>
/// </remarks>
public abstract class TaskCommandBase : ICommand, INotifyPropertyChanged, IScopeFollower
{
    private readonly CallSite _site;
    private volatile TaskScope _scope;
    private TaskLimit? _limit;

    // The texts of the policy's reasons, created once.
    private string? _requestedBy;
    private string? _replaced;
    private string? _refused;

    private protected TaskCommandBase(TaskScope scope, Delegate work, CallSite site)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(work);
        _scope = scope.Latest;
        Work = work;
        _site = site.Of(work);
        View = new CommandView(this);
        Timing = new CommandTiming(this);
        _scope.Tree.Followers.Add(this);
    }

    /// <inheritdoc/>
    public event EventHandler? CanExecuteChanged
    {
        add => View.CanExecuteChanged += value;
        remove => View.CanExecuteChanged -= value;
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged
    {
        add => View.PropertyChanged += value;
        remove => View.PropertyChanged -= value;
    }

    /// <summary>The owner of the runs: the scope passed to the constructor, or the new scope of its view after that was shown again.</summary>
    public TaskScope Scope
    {
        get
        {
            TaskScope latest = _scope.Latest;
            if (latest != _scope)
            {
                _scope = latest;
            }

            return latest;
        }
    }

    /// <summary>The name of the runs.</summary>
    /// <value>Default: the method that is run, else the calling member.</value>
    /// <exception cref="ArgumentException">Set to null or an empty name.</exception>
    public string Name
    {
        get => field ??= _site.Name;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    }

    /// <summary>What happens to a new run while earlier ones are running.</summary>
    /// <value>Default: <see cref="CommandPolicy.Drop"/>.</value>
    public CommandPolicy Policy { get; init; }

    /// <summary>How many runs may run at the same time. Several commands may share one.</summary>
    /// <value>Default: one; no limit with <see cref="CommandPolicy.Parallel"/>.</value>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public TaskLimit Limit
    {
        get
        {
            return Volatile.Read(ref _limit) ?? Interlocked.CompareExchange(ref _limit, OwnLimit(), null) ?? _limit;
        }

        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _limit = value;
            value.Add(this);
        }
    }

    /// <summary>Whether a new run may begin while a canceled one is still ending.</summary>
    /// <value>Default: false, the new run waits.</value>
    public bool Overlap { get; init; }

    /// <summary>The quiet time before a run begins: of several requests in this time only the last one runs.</summary>
    /// <value>Default: zero, a run begins immediately.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Debounce
    {
        get;
        init => field = Durations.Delay(value);
    }

    /// <summary>The least time between the starts of two runs. The first run begins immediately, then at most one in each such period, the
    /// latest.</summary>
    /// <value>Default: zero, no throttle.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Throttle
    {
        get;
        init => field = Durations.Delay(value);
    }

    /// <summary>The close policy, deadline and token of the runs.</summary>
    /// <value>Default: null, the defaults.</value>
    public TaskOptions? Options { get; init; }

    /// <summary>Cancels all runs, including the waiting ones. Enabled while there are any.</summary>
    public ICommand CancelCommand => View.Cancel;

    /// <summary>Whether any run is running, also while <see cref="BackgroundTaskState.Canceling"/>.</summary>
    public bool IsRunning => RunningCount > 0;

    /// <summary>How many runs are running.</summary>
    public int RunningCount => Limit.StandingOf(this).Running;

    /// <summary>How many runs wait for the limit, or for their debounce.</summary>
    public int QueuedCount => Limit.StandingOf(this).Queued + (Timing.IsDelaying ? 1 : 0);

    /// <summary>The run that started last; null before the first, and once the scope is closed.</summary>
    public BackgroundTask? Last => View.State.Last;

    /// <summary>The last run that succeeded; null before the first, and once the scope is closed.</summary>
    public BackgroundTask? LastSucceeded => View.State.LastSucceeded;

    /// <summary>The last run that failed; null before the first, and once the scope is closed.</summary>
    public BackgroundTask? LastFaulted => View.State.LastFaulted;

    /// <summary>The last run that was canceled after it had begun; null before the first, and once the scope is closed.</summary>
    public BackgroundTask? LastCanceled => View.State.LastCanceled;

    private protected Delegate Work { get; }

    /// <summary>Guarded by the gate of the limit.</summary>
    internal CommandRuns Runs { get; } = new();

    /// <summary>Cancels all runs, including the waiting ones.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        CancelAll(NewReason(reason, member, file));
    }

    /// <summary>Cancels all runs, and waits until they have ended, so that the next one begins immediately with any policy.</summary>
    /// <inheritdoc cref="Cancel"/>
    /// <returns>A task that ends after them. It never fails. Called inside a run, or inside a task that a run started, it does not wait for that run, which may be
    /// waiting for the caller. Two runs that both await it wait for each other.</returns>
    public Task CancelAsync(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        IEnumerable<ITaskNode> callers = AmbientTask.WithStarters(AmbientTask.CurrentTask);
        CommandRun[] canceled = CancelAll(NewReason(reason, member, file));
        return Task.WhenAll(canceled.Except(callers).Select(static task => task.Node.EndSignal()));
    }

    /// <summary>Makes buttons query <see cref="ICommand.CanExecute"/> again. Only needed if the answer depends on the program's own state.</summary>
    public void NotifyCanExecuteChanged() => View.NotifyCanExecuteChanged();

    /// <inheritdoc/>
    bool ICommand.CanExecute(object? parameter) => CanExecuteBoxed(parameter);

    /// <inheritdoc/>
    void ICommand.Execute(object? parameter) => ExecuteBoxed(parameter);

    ScopeNode IScopeFollower.Scope => Scope.Node;

    void IScopeFollower.NotifyChanged() => View.NotifyChanged();

    void IScopeFollower.OnScopeClosed() => View.ForgetRuns();

    void IScopeFollower.OnRenewed()
    {
        View.ForgetRuns();
        Limit.DropLeftBehind(this);
        View.NotifyChanged();
    }

    /// <summary>The bindable state and the events.</summary>
    internal CommandView View { get; }

    /// <summary>Whether there are runs, including waiting ones.</summary>
    internal bool HasRuns => Limit.StandingOf(this).HasRuns || Timing.IsDelaying;

    /// <summary>Whether a new run would begin or wait.</summary>
    internal bool WouldRun => Scope.IsOpen && Limit.StandingOf(this).Next != CommandEntry.Refuse;

    /// <summary>The runs that wait for their time.</summary>
    internal CommandTiming Timing { get; }

    /// <summary>The button of <see cref="CancelCommand"/> was clicked.</summary>
    internal void CancelByUser() =>
        CancelAll(Scope.Tree.NewReason($"the cancel command of '{Name}'", $"The user canceled '{Name}'."));

    private CommandRun[] CancelAll(CancelReason reason)
    {
        Timing.Cancel(reason);
        CommandRun[] runs = Limit.RunsOf(this);
        foreach (CommandRun run in runs)
        {
            run.RequestCancel(reason);
        }

        return runs;
    }

    private CancelReason NewReason(string? reason, string? member, string? file) =>
        Scope.Tree.NewReason(member, file, reason, CallSite.Of(Name, file: null, line: 0), static (by, name) => $"{by} canceled all runs of '{name}'.");

    /// <summary>Submits a run to the policy. The scope may have admitted it before.</summary>
    internal void Submit(CommandRun run)
    {
        bool isNew = !run.Node.IsTakenIn;
        (CommandEntry entry, CommandRun[] toCancel) = Limit.Enter(this, run);
        if (entry == CommandEntry.Refuse)
        {
            Refuse(run);
            return;
        }

        run.Node.WaitsFor = default;
        if (isNew)
        {
            TaskLauncher.Announce(run);
        }

        if (toCancel.Length > 0)
        {
            CancelReason reason = ReasonToReplace();
            foreach (CommandRun old in toCancel)
            {
                old.RequestCancel(reason);
            }
        }

        if (entry == CommandEntry.Start)
        {
            run.Begin();
        }
        else if (!run.EndsIfCanceled())
        {
            Limit.Release(run);
        }

        // A run that has begun has notified them.
        Limit.NotifyCommands(this, isNotified: run.HasBegun);
    }

    /// <summary>Why an earlier run is asked to cancel.</summary>
    private CancelReason ReasonToReplace() => NewReason(_replaced ??= SentenceOf("was asked for again"));

    private CancelReason ReasonToRefuse() => NewReason(_refused ??= SentenceOf("runs already"));

    private CancelReason NewReason(string sentence) => Scope.Tree.NewReason(_requestedBy ??= $"the policy {Policy} of '{Name}'", sentence);

    private string SentenceOf(string what) => $"'{Name}' {what}, and its policy is {Policy}.";

    private protected abstract bool CanExecuteBoxed(object? parameter);

    private protected abstract void ExecuteBoxed(object? parameter);

    /// <summary>Asks for a run.</summary>
    private protected BackgroundTask Start(Delegate work)
    {
        TaskScope scope = Scope;
        var run = new CommandRun(this, scope, work, CallSite.Of(Options?.Name ?? Name, _site.File, _site.Line));
        if (!Timing.IsNeeded)
        {
            Submit(run);
        }
        else if (TaskLauncher.Admit(run, parent: null, beginsNow: false))
        {
            // Before it becomes the waiting run, which a newer one cancels.
            TaskLauncher.Announce(run);
            Timing.Submit(run);
        }
        else
        {
            run.LetGo();
        }

        return run;
    }

    // It knows the command before any other code can use it.
    private TaskLimit OwnLimit()
    {
        var limit = new TaskLimit(Policy == CommandPolicy.Parallel ? int.MaxValue : 1);
        limit.Add(this);
        return limit;
    }

    // If the scope has refused it, it has that reason.
    private void Refuse(CommandRun run)
    {
        CancelReason refusal = ReasonToRefuse();
        if (run.Node.IsTakenIn)
        {
            run.RequestCancel(refusal);
        }
        else
        {
            if (!run.IsCompleted)
            {
                TaskLauncher.Refuse(run, refusal);
            }

            run.LetGo();
        }
    }
}
