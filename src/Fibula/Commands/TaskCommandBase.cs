using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Windows.Input;

namespace Fibula;

/// <summary>What commands with and without a parameter have in common: the policy, the limit, the state to bind, cancellation.</summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread; the events are raised on the UI thread. The counts and the last runs are right at once, in the same
/// turn in which something happens.</para>
/// <para><b>Cancellation.</b> The runs are tasks of <see cref="Scope"/> and end with it. <see cref="CancelCommand"/> tells them all.</para>
/// <para><b>Closing.</b> A command cannot be executed any more once its scope begins to close. One that was made from the scope of a view works again when the view
/// is shown again.</para>
/// <para><b>Errors.</b> What a run throws is in its handle; started by a button, nobody awaits that, and it is a fault of the scope. A subscriber that throws does
/// not keep the others from being called.</para>
/// </remarks>
public abstract class TaskCommandBase : ICommand, INotifyPropertyChanged, IScopeFollower
{
    private readonly CallSite _site;
    private volatile TaskScope _scope;
    private TaskLimit? _limit;

    // The texts of the policy's reasons, made once.
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

    /// <summary>The owner of the runs: that of the constructor, or the one that its view got when it was shown again.</summary>
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

    /// <summary>What becomes of a run that is asked for while earlier ones run.</summary>
    /// <value>Default: <see cref="CommandPolicy.Drop"/>.</value>
    public CommandPolicy Policy { get; init; }

    /// <summary>How many runs may run at the same time; may be shared with other commands.</summary>
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

    /// <summary>Whether a new run may begin while an earlier one that was asked to cancel still ends.</summary>
    /// <value>Default: false, it waits for that.</value>
    public bool Overlap { get; init; }

    /// <summary>How long nobody must have asked for a run before one begins: only the last of a burst does.</summary>
    /// <value>Default: zero, it begins at once.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Debounce
    {
        get;
        init => field = Durations.Delay(value);
    }

    /// <summary>How long after one run was asked for the next may begin: the first of a burst begins at once, and then at most one in each such time, the
    /// latest.</summary>
    /// <value>Default: zero, no such limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Throttle
    {
        get;
        init => field = Durations.Delay(value);
    }

    /// <summary>Close policy, deadline and the caller's token of the runs.</summary>
    /// <value>Default: null, the defaults of each.</value>
    public TaskOptions? Options { get; init; }

    /// <summary>Cancels all runs, those that wait too. Can be executed while there are any.</summary>
    public ICommand CancelCommand => View.Cancel;

    /// <summary>Whether a run runs, also while it is <see cref="BackgroundTaskState.Canceling"/>.</summary>
    public bool IsRunning => RunningCount > 0;

    /// <summary>How many runs run.</summary>
    public int RunningCount => Limit.StandingOf(this).Running;

    /// <summary>How many runs wait for their turn, or for their debounce to be over.</summary>
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

    /// <summary>Cancels all runs, those that wait too.</summary>
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

    /// <summary>Cancels all runs, and waits until they have ended: then the next begins at once, whatever the policy.</summary>
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

    /// <summary>Makes buttons ask again whether they can be clicked. Only needed where the answer depends on something of the program's own.</summary>
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

    /// <summary>What its views see, and are notified of.</summary>
    internal CommandView View { get; }

    /// <summary>There are runs, those that wait included.</summary>
    internal bool HasRuns => Limit.StandingOf(this).HasRuns || Timing.IsDelaying;

    /// <summary>A run asked for now would begin or wait, and would not be refused.</summary>
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

    /// <summary>The policy decides about a run, which a scope may have taken in already.</summary>
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

        // One that has begun has said so.
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
            // Before it is the one that waits: whoever replaces that cancels it.
            TaskLauncher.Announce(run);
            Timing.Submit(run);
        }
        else
        {
            run.LetGo();
        }

        return run;
    }

    // It knows the command before anybody else knows it.
    private TaskLimit OwnLimit()
    {
        var limit = new TaskLimit(Policy == CommandPolicy.Parallel ? int.MaxValue : 1);
        limit.Add(this);
        return limit;
    }

    // By the scope it was refused already, with its reason.
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
