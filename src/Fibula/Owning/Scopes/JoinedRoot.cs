namespace Fibula;

/// <summary>
/// The life of a root on another loop, as a task of its owner. Canceled, it closes the root; it ends when that is closed. What crosses between
/// the two UI threads is posted or takes the other tree's gate for a moment; no thread waits for the other.
/// </summary>
/// <remarks>The root is as old as its owner at most, so that gates are only ever taken from an owner to what is joined to it.</remarks>
internal sealed class JoinedRoot : IJoinedRoot
{
    // The owner names what is left over there, and so must hear of it before its own time is over.
    private const double ShareOfTime = 0.9;

    private readonly ITaskNode _task;
    private readonly TaskTree _root;
    private readonly IOwningApp? _app;
    private readonly TaskCompletionSource _closed = new();

    private JoinedRoot(ITaskNode task, TaskTree root, IOwningApp? app)
    {
        _task = task;
        _root = root;
        _app = app;
    }

    /// <inheritdoc/>
    public TimeSpan TimeToFinish => _root.LiveTasks(_root.Root).Select(static task => task.Node.TimeToFinish).DefaultIfEmpty().Max();

    /// <summary>Makes an owner responsible for a root on another loop. If the owner accepts no more tasks, the root is closed immediately.</summary>
    /// <param name="task">The task that represents it in a scope of the owner.</param>
    /// <param name="root">The root.</param>
    /// <param name="app">The app of the other loop, which leaves as a whole; null where it has none.</param>
    public static void Begin(ITaskNode task, TaskTree root, IOwningApp? app)
    {
        var joined = new JoinedRoot(task, root, app);
        TaskLauncher.BecomeForeign(task, () => joined.CloseRoot(within: null));
        task.Node.Extras!.Joined = joined;
        root.OwnerTask = task;
        root.Pin();
        if (TaskLauncher.TryAdmitForeign(task, joined._closed.Task))
        {
            return;
        }

        joined.CloseRoot(within: null);
    }

    /// <summary>The owner's grace for a root that is joined to it.</summary>
    public static TimeSpan GraceOf(TimeSpan owners) => owners == Timeout.InfiniteTimeSpan ? owners : owners * ShareOfTime;

    /// <summary>The live tasks of a scope, and of the roots on other UI threads that are joined to it.</summary>
    public static IEnumerable<ITaskNode> LiveTasksWithJoined(ScopeNode scope) =>
        scope.Tree.LiveTasks(scope).SelectMany(static task => task.Node.Extras?.Joined is JoinedRoot joined ? LiveTasksWithJoined(joined._root.Root) : [task]);

    /// <summary>Cancels all tasks of the root, which stays open. Their token callbacks run over there.</summary>
    public void CancelTasks(CancelReason reason) =>
        _root.Dispatch(_ => ScopeCanceling.Run(_root.Root, reason), null, isFirst: true);

    /// <inheritdoc/>
    public void Limit(TimeSpan within) => CloseRoot(within * ShareOfTime);

    /// <inheritdoc/>
    public void OnClosed()
    {
        _root.Unpin();
        if (_task.Node.IsCancelRequested)
        {
            _closed.TrySetCanceled();
        }
        else
        {
            _closed.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public string DescribeWait()
    {
        List<ITaskNode> live = _root.LiveTasks(_root.Root);
        return live.Count == 0 ? "its own UI thread" : string.Join(", ", live.Select(static task => $"'{task.Node.Name}'"));
    }

    // Any thread: closes the root, or makes its whole app leave. A repeated call can only shorten the time.
    private void CloseRoot(TimeSpan? within)
    {
        CancelReason reason = _task.CancelReason!;
        if (_app is not null)
        {
            _app.LeaveWithOwner(reason, within);
        }
        else
        {
            _ = ScopeCloser.CloseAsync(_root.Root, reason, within);
        }
    }
}
