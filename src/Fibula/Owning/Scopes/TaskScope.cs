using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// An owner of tasks: the app, a window, a view. What it has started is held until it ends, told to cancel when the scope
/// closes, and named in the report when it does not end.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread, from any callback of the library and under your own locks.
/// A scope and all its descendants are on one <see cref="Loop"/>; <see cref="Faulted"/> is raised there.</para>
/// <para><b>Cancellation.</b> <see cref="CloseAsync"/> tells each task according to its <see cref="ClosePolicy"/> and waits for it.</para>
/// <para><b>Errors.</b> A fault nobody awaits is raised as <see cref="Faulted"/> on the task's scope, then on its parents, until
/// <see cref="TaskFault.Handled"/> is set; then it goes the way of the toolkit's unhandled exceptions.</para>
/// <para>Use a plain <c>await</c> instead where the caller waits for the work anyway and outlives it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#scope">
/// private sealed class PriceModel(TaskScope tasks, Shop shop)     // its window makes it: new PriceModel(this.Tasks, shop)
/// {
///     public string Price { get; private set; } = "";
///
///     public void Refresh() => tasks.Run(LoadAsync);              // told to cancel when the window closes
///
///     private async Task LoadAsync(CancellationToken cancellationToken) => Price = await shop.LoadPriceAsync(cancellationToken);
/// }
/// </code>
/// </example>
public sealed partial class TaskScope : TaskStarter
{
    /// <summary>Creates the root of a tree on a loop that no <see cref="UiApp"/> runs on: a view model under test, a second UI thread.</summary>
    /// <param name="loop">The loop its tasks run on.</param>
    /// <param name="name">The name shown to people and in reports.</param>
    /// <param name="owner">A scope on another loop that this root is joined to: canceled with it, closed with it at the latest, and listed in it by its
    /// name; what nobody handled here is raised there. Null for none.</param>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is on this loop itself: use <see cref="CreateChild"/>.</exception>
    public TaskScope(UiLoop loop, string name, TaskScope? owner = null)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (owner is not null && owner.Loop == loop)
        {
            throw new ArgumentException($"'{owner.Name}' is on the loop of '{name}' itself. Use its CreateChild.", nameof(owner));
        }

        Tree.Attach(loop);
        owner?.Join(this, app: null);
    }

    /// <summary>Creates the root of an app, which gets its loop later.</summary>
    internal TaskScope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        CloseGrace = TimeSpan.FromSeconds(5);
        UnresponsiveAfter = TimeSpan.FromSeconds(2);
        WeakSelf = new WeakReference<TaskScope>(this);
        Identity = new ScopeIdentity(parent: null);
        Tree = new TaskTree(this);
    }

    private TaskScope(TaskScope parent, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        CloseGrace = parent.CloseGrace;
        UnresponsiveAfter = parent.UnresponsiveAfter;
        WeakSelf = new WeakReference<TaskScope>(this);
        Identity = new ScopeIdentity(parent.Identity);
        Tree = parent.Tree;
        Parent = parent;
    }

    /// <summary>Raised on the UI thread for each fault of this scope and its descendants that nobody has awaited or handled.</summary>
    public event Action<TaskFault>? Faulted;

    /// <summary>Raised for each task that this scope or a descendant takes in, before the task does anything: whoever subscribes to
    /// <see cref="BackgroundTask.StateChanged"/> here misses no change. Raised on the thread that starts the task, which waits meanwhile.</summary>
    public event Action<BackgroundTask>? TaskStarted;

    /// <summary>Raised once on the UI thread for each task of this scope and its descendants that was told to cancel and has not reacted for
    /// <see cref="UnresponsiveAfter"/>. <see cref="BackgroundTask.Explain"/> says since when, who asked, and what it waits for.</summary>
    public event Action<BackgroundTask>? Unresponsive;

    /// <summary>The scope of the running task, across its awaits and thread hops; else, on a UI thread, the root of the app there; else null.</summary>
    public static TaskScope? Current => AmbientTask.CurrentScope ?? (UiThread.LoopHere(out _)?.Owner as IOwningApp)?.Tasks;

    /// <summary>The name shown to people and in reports.</summary>
    public string Name { get; }

    /// <summary>The loop the tasks run on; null for the scopes of an app that has not been given one yet.</summary>
    public UiLoop? Loop => Tree.Loop;

    /// <summary>How long a close waits for a task after it has told it to cancel.</summary>
    /// <value>Default: that of the parent; nine tenths of the owner's for a root that is joined to one; else 5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan CloseGrace
    {
        get;
        set => field = Durations.Limit(value);
    }

    /// <summary>How long a task that was told to cancel may take to react before <see cref="Unresponsive"/> tells of it.</summary>
    /// <value>Default: that of the parent; 2 seconds for a root. <see cref="Timeout.InfiniteTimeSpan"/> never tells.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan UnresponsiveAfter
    {
        get;
        set => field = Durations.Limit(value);
    }

    internal TaskTree Tree { get; }

    internal TaskScope? Parent { get; }

    /// <summary>Shared by all that must find the scope without keeping it, or the window behind it, alive.</summary>
    internal WeakReference<TaskScope> WeakSelf { get; }

    /// <summary>Stands for the scope where it must be recognized after it is gone.</summary>
    internal ScopeIdentity Identity { get; }

    /// <summary>Whether anybody may start here.</summary>
    internal bool IsOpen => Tree.StateOf(this) == ScopeState.Open;

    /// <summary>A close of the scope, or of one around it, has begun.</summary>
    internal bool IsClosing => Tree.StateOf(this) != ScopeState.Open;

    internal bool IsClosed => Tree.StateOf(this) == ScopeState.Closed;

    /// <summary>Creates a scope that closes with this one at the latest.</summary>
    /// <param name="name">The name shown to people and in reports.</param>
    /// <returns>The child. It is held by this scope only while it has work, so one that is forgotten does not leak.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public TaskScope CreateChild(string name) => new(this, name);

    /// <summary>Tells every task of this scope and its descendants to cancel. The scope stays open.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>Callbacks registered with the tasks' tokens run inside this call. With more than 256 tasks on a running loop some of them may run later, in the next
    /// turns of the loop and before any work there continues; <see cref="BackgroundTask.State"/> and <see cref="BackgroundTask.CancelReason"/> are set at once.</remarks>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        string by = CallSite.MemberName(member, file);
        TellAll(Tree.NewReason(by, reason ?? $"{by} canceled all tasks of '{Name}'."));
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    /// <summary>Any thread, outside the gate: tells every task of this scope and its descendants, and of what is joined to them.</summary>
    internal void TellAll(CancelReason reason) => ScopeCanceling.Run(this, reason);

    /// <summary>Raises <see cref="Faulted"/>; a subscriber that throws does not keep the others from being called.</summary>
    internal void RaiseFaulted(TaskFault fault) => Raise(Faulted, fault, nameof(Faulted));

    /// <summary>On the UI thread: tells this scope's subscribers and those of its ancestors of a task that has not reacted.</summary>
    internal void RaiseUnresponsive(BackgroundTask task)
    {
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope.Raise(scope.Unresponsive, task, nameof(Unresponsive));
        }
    }

    /// <summary>Any thread, outside the gate: tells this scope's subscribers and those of its ancestors of a task that was taken in.</summary>
    /// <returns>True if one of them has canceled it: then it must not begin.</returns>
    private bool RaiseTaskStarted(BackgroundTask task)
    {
        CancelReason? inherited = task.CancelReason;
        bool hasSubscribers = false;
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.TaskStarted is { } subscribers)
            {
                hasSubscribers = true;
                scope.Raise(subscribers, task, nameof(TaskStarted));
            }
        }

        return hasSubscribers && inherited is null && task.IsTold;
    }

    private void Raise<T>(Action<T>? subscribers, T argument, string name)
    {
        Tree.AssertFree();
        foreach (Action<T> subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            Subscriber.Invoke(Loop, subscriber, argument, name);
        }
    }
}
