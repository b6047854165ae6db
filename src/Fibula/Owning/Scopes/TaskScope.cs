using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// An owner of tasks: the app, a window, a view. It keeps each task that it starts alive until it ends, cancels the task when the scope
/// closes, and names it in the report if it does not end.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread, from any callback of the library and under your own locks.
/// A scope and all its descendants are on one <see cref="Loop"/>; <see cref="Faulted"/> is raised there.</para>
/// <para><b>Cancellation.</b> <see cref="CloseAsync"/> cancels each task according to its <see cref="ClosePolicy"/> and waits for it.</para>
/// <para><b>Errors.</b> A fault nobody awaits is raised as <see cref="Faulted"/> on the task's scope, then on its parents, until
/// <see cref="TaskFault.Handled"/> is set; otherwise it is raised like the toolkit's own unhandled exceptions.</para>
/// <para>Use a plain <c>await</c> instead where the caller waits for the work anyway and outlives it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#scope">
/// private sealed class PriceModel(TaskScope tasks, Shop shop)     // its window makes it: new PriceModel(this.Tasks, shop)
/// {
///     public string Price { get; private set; } = "";
///
///     public void Refresh() => tasks.Run(LoadAsync);              // asked to cancel when the window closes
///
///     private async Task LoadAsync(CancellationToken cancellationToken) => Price = await shop.LoadPriceAsync(cancellationToken);
/// }
/// </code>
/// </example>
public sealed class TaskScope : TaskStarter, IAsyncDisposable, IScope
{
    private bool _isShown = true;

    /// <summary>Creates the root of a tree on a loop that no <see cref="UiApp"/> runs on: a view model under test, a second UI thread.</summary>
    /// <param name="loop">The loop its tasks run on.</param>
    /// <param name="name">The name shown to people and in reports.</param>
    /// <param name="owner">A scope on another loop that this root is joined to: canceled with it, closed with it at the latest, and listed in it by its
    /// name; faults that are not handled here are raised there. Null for none.</param>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is on this loop itself: use <see cref="CreateChild"/>.</exception>
    public TaskScope(UiLoop loop, string name, TaskScope? owner = null)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (owner is not null && owner.Loop == loop)
        {
            throw new ArgumentException($"'{owner.Name}' is on the loop of '{name}' itself. Use its CreateChild.", nameof(owner));
        }

        Tree.Attach(loop, LoopTasks.Instance);
        if (owner is not null)
        {
            JoinTo(owner, app: null);
        }
    }

    /// <summary>Creates the root of an app, which gets its loop later.</summary>
    internal TaskScope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        CloseGrace = TimeSpan.FromSeconds(5);
        UnresponsiveAfter = TimeSpan.FromSeconds(2);
        Tree = new TaskTree(this);
        Node = Tree.Root;
    }

    private TaskScope(TaskScope parent, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        CloseGrace = parent.CloseGrace;
        UnresponsiveAfter = parent.UnresponsiveAfter;
        Tree = parent.Tree;
        Parent = parent;
        Node = new ScopeNode(this, parent.Node, Tree);
    }

    /// <summary>Raised on the UI thread for each unobserved exception of this scope and its descendants that no descendant has handled.</summary>
    public event Action<TaskFault>? Faulted;

    /// <summary>Raised for each task that this scope or a descendant starts, before its work begins: a handler that subscribes to
    /// <see cref="BackgroundTask.StateChanged"/> misses no change. Raised synchronously on the thread that starts the task.</summary>
    public event Action<BackgroundTask>? TaskStarted;

    /// <summary>Raised once on the UI thread for each task of this scope and its descendants that was asked to cancel and has not reacted for
    /// <see cref="UnresponsiveAfter"/>. <see cref="BackgroundTask.Explain"/> says since when, who asked, and what it waits for.</summary>
    public event Action<BackgroundTask>? Unresponsive;

    /// <summary>The scope of the running task, across its awaits and thread hops; else, on a UI thread, the root of the app there; else null.</summary>
    public static TaskScope? Current => (TaskScope?)(AmbientTask.CurrentScope ?? (UiThread.LoopHere(out _)?.Owner as IOwningApp)?.Root)?.Handle;

    /// <summary>The name shown to people and in reports.</summary>
    public string Name { get; }

    /// <summary>The loop the tasks run on; null for the scopes of an app that has not been given one yet.</summary>
    public UiLoop? Loop => Tree.Loop;

    /// <summary>Whether a close of the scope, or of one around it, has begun: tasks may then be started only by tasks that still run in it.</summary>
    public bool IsClosing => Node.State != ScopeState.Open;

    /// <summary>Whether this scope, or one around it, is closed: it accepts no tasks.</summary>
    public bool IsClosed => Node.State == ScopeState.Closed;

    /// <summary>How long a close waits for a task after it has told it to cancel.</summary>
    /// <value>Default: the parent's value, nine tenths of the owner's for a root with an owner, otherwise 5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits forever.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan CloseGrace
    {
        get;
        set => field = Durations.Limit(value);
    }

    /// <summary>The time that a task has to react to a cancellation before <see cref="Unresponsive"/> is raised.</summary>
    /// <value>Default: the parent's value; 2 seconds for a root. <see cref="Timeout.InfiniteTimeSpan"/> never raises it.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan UnresponsiveAfter
    {
        get;
        set => field = Durations.Limit(value);
    }

    /// <summary>Whether the view that the scope belongs to is on the screen. The toolkits' adapters set it for the scopes of their views.</summary>
    /// <value>Default: true.</value>
    /// <remarks>What <see cref="TaskScopeExtensions.RunWhileShown(TaskScope, Func{TaskContext, Task}, TaskOptions, string, string, string, int)"/> has started here or in a descendant runs while this and all
    /// ancestors are shown.</remarks>
    public bool IsShown
    {
        get => Volatile.Read(ref _isShown);
        set
        {
            if (Interlocked.Exchange(ref _isShown, value) != value)
            {
                Tree.NotifyShown();
            }
        }
    }

    internal TaskTree Tree { get; }

    internal TaskScope? Parent { get; }

    /// <summary>Its state, which the tree's gate guards.</summary>
    internal ScopeNode Node { get; }

    /// <summary>Whether anybody may start here.</summary>
    internal bool IsOpen => Node.State == ScopeState.Open;

    /// <summary>Creates a scope that closes with this one at the latest.</summary>
    /// <param name="name">The name shown to people and in reports.</param>
    /// <returns>The child. This scope refers to it only while it has work, so a forgotten child does not leak.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public TaskScope CreateChild(string name) => new(this, name);

    /// <summary>Cancels every task of this scope and its descendants. The scope stays open.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>Callbacks registered with the tasks' tokens run inside this call. With more than 256 tasks on a running loop some of them may run later, in the next
    /// turns of the loop and before any work there continues; <see cref="BackgroundTask.State"/> and <see cref="BackgroundTask.CancelReason"/> are set before this method returns.</remarks>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        CancelReason why = Tree.NewReason(member, file, reason, CallSite.Of(Name, file: null, line: 0), static (by, name) => $"{by} canceled all tasks of '{name}'.");
        ScopeCanceling.Run(Node, why);
    }

    /// <summary>Takes over a task somebody else has started: it is held and listed until it ends, and its fault is reported unless the handle is awaited.</summary>
    /// <param name="task">The task; it may have ended.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.
    /// Without <paramref name="cancel"/> the default policy is <see cref="ClosePolicy.Finish"/> of one second, with no grace after it.</param>
    /// <param name="cancel">How to cancel the task, for example the <c>Cancel</c> of its own token source; null where there is no way.</param>
    /// <param name="expression">Filled by the compiler: names the task.</param>
    /// <param name="member">Filled by the compiler.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public BackgroundTask Own(
        Task task,
        TaskOptions? options = null,
        Action? cancel = null,
        [CallerArgumentExpression(nameof(task))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Adopt(new BackgroundTask(Node, work: null, options, CallSite.OfCall(expression, member, file, line)), task, cancel);
    }

    /// <inheritdoc cref="Own(Task, TaskOptions, Action, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Own<T>(
        Task<T> task,
        TaskOptions? options = null,
        Action? cancel = null,
        [CallerArgumentExpression(nameof(task))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Adopt(new BackgroundTask<T>(Node, work: null, options, CallSite.OfCall(expression, member, file, line)), task, cancel);
    }

    /// <summary>Closes the scope: no new tasks from outside, each task told according to its <see cref="ClosePolicy"/>, the loop pumping meanwhile.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="within">An upper limit for the whole close; null or <see cref="Timeout.InfiniteTimeSpan"/> for the limits of the tasks and
    /// <see cref="CloseGrace"/>.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went. Called twice there is one close and one report, and the earlier limit wins.
    /// Called inside a task of this scope it completes when all others have ended; two tasks that both await it wait for each other until the deadline.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is negative.</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#report">
    /// CloseReport report = await tab.CloseAsync();
    /// foreach (CloseReportEntry survivor in report.Survivors)
    /// {
    ///     _log.Add($"{survivor.Name} still runs and waits for {survivor.WaitsFor}.");
    /// }
    /// </code>
    /// </example>
    public Task<CloseReport> CloseAsync(
        string? reason = null,
        TimeSpan? within = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null) =>
        ScopeCloser.CloseAsync(
            Node,
            Tree.NewReason(member, file, reason, CallSite.Of(Name, file: null, line: 0), static (_, name) => $"Scope '{name}' was closed."),
            within is { } limit ? Durations.Limit(limit, nameof(within)) : null,
            AmbientTask.CurrentTask);

    /// <summary>Closes the scope, for <c>await using</c>. <see cref="CloseAsync"/> tells how that went.</summary>
    /// <returns>A task that ends after the close. It never fails.</returns>
    public ValueTask DisposeAsync() => new(CloseAsync($"Scope '{Name}' was disposed of.", member: nameof(DisposeAsync), file: null));

    /// <summary>Lets go of the survivors that were started in this scope or its descendants: tasks that closes have waited for in vain. From then on nothing
    /// lists or holds them, and one that waits for something that is gone is collected.</summary>
    /// <remarks>A survivor that ends later still reports its fault to the app. After the loop has ended all survivors are released automatically.</remarks>
    public void ReleaseSurvivors() => ScopeCloser.ReleaseSurvivors(Node);

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    /// <summary>The scope that the view has got since, after it came back; itself where it has not.</summary>
    internal TaskScope Latest
    {
        get
        {
            TaskScope scope = this;
            while (scope.Node.Successor is { } next)
            {
                scope = (TaskScope)next.Handle;
            }

            return scope;
        }
    }

    /// <summary>Takes over a task whose caller has dropped it. A close abandons it: nobody can cancel it, and nobody said that it may hold up a window.</summary>
    internal void OwnForgotten(Task task, CallSite site, bool isObserved)
    {
        var handle = new BackgroundTask(Node, work: null, options: null, site);
        handle.Node.IsObserved = isObserved;
        TaskLauncher.Adopt(handle, task);
    }

    /// <summary>This root belongs to a scope on another loop from here on.</summary>
    internal void JoinTo(TaskScope owner, IOwningApp? app)
    {
        CloseGrace = JoinedRoot.GraceOf(owner.CloseGrace);
        JoinedRoot.Begin(new BackgroundTask(owner.Node, work: null, options: null, CallSite.Of(Name, file: null, line: 0)), Tree, app);
    }

    void IScope.RaiseFaulted(IUnhandledFault fault) => Raise(Faulted, (TaskFault)fault, nameof(Faulted));

    /// <summary>On the UI thread: raises <see cref="Unresponsive"/> here and in the ancestors.</summary>
    internal void RaiseUnresponsive(BackgroundTask task)
    {
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope.Raise(scope.Unresponsive, task, nameof(Unresponsive));
        }
    }

    /// <summary>Any thread, outside the gate: raises <see cref="TaskStarted"/> here and in the ancestors.</summary>
    /// <returns>True if a handler has canceled the task: then it must not begin.</returns>
    internal bool RaiseTaskStarted(BackgroundTask task)
    {
        TaskScope? scope = this;
        while (scope is not null && scope.TaskStarted is null)
        {
            scope = scope.Parent;
        }

        if (scope is null)
        {
            return false;
        }

        CancelReason? inherited = task.CancelReason;
        for (; scope is not null; scope = scope.Parent)
        {
            scope.Raise(scope.TaskStarted, task, nameof(TaskStarted));
        }

        return inherited is null && task.Node.IsCancelRequested;
    }

    private protected override ScopeNode Home => Node;

    private static TTask Adopt<TTask>(TTask handle, Task task, Action? cancel)
        where TTask : BackgroundTask
    {
        TaskLauncher.BecomeForeign(handle, cancel);
        TaskLauncher.Adopt(handle, task);
        return handle;
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
