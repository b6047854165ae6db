namespace Fibula;

/// <summary>
/// The life of a root on another loop, as a task of its owner. Told to cancel, it closes the root; it ends when that is closed. What crosses between
/// the two UI threads is posted or takes the other tree's gate for a moment; no thread waits for the other.
/// </summary>
/// <remarks>The root is as old as its owner at most, so that gates are only ever taken from an owner to what is joined to it.</remarks>
internal sealed class JoinedRoot : BackgroundTask
{
    // The owner names what is left over there, and so must hear of it before its own time is over.
    private const double ShareOfTime = 0.9;

    private readonly TaskScope _root;
    private readonly IOwningApp? _app;
    private readonly TaskCompletionSource _closed = new();

    /// <param name="owner">The scope on the one loop.</param>
    /// <param name="root">The root on the other.</param>
    /// <param name="app">The app of the other loop, which leaves as a whole; null where it has none.</param>
    public JoinedRoot(TaskScope owner, TaskScope root, IOwningApp? app)
        : base(owner, work: null, options: null, CallSite.Of(root.Name, file: null, line: 0))
    {
        _root = root;
        _app = app;
        root.CloseGrace = owner.CloseGrace == Timeout.InfiniteTimeSpan ? owner.CloseGrace : owner.CloseGrace * ShareOfTime;
        Adopt(() => CloseRoot(within: null));
    }

    /// <summary>The live tasks over there.</summary>
    public IEnumerable<BackgroundTask> Tasks => _root.LiveTasksEverywhere();

    /// <summary>Ends when the root is closed.</summary>
    public Task Closed => _closed.Task;

    /// <inheritdoc/>
    internal override TimeSpan TimeToFinish => _root.LiveTasks().Select(task => task.TimeToFinish).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    internal override TimeSpan TimeAfterRequest => TimeToFinish;

    /// <summary>Tells all tasks of the root, which stays open. Their token callbacks run over there.</summary>
    public void CancelTasks(CancelReason reason) =>
        _root.Tree.Dispatch(_ => _root.RequestCancelAll(reason), null, isFirst: true);

    /// <summary>Any thread: closes the root, or makes its whole app leave. A repeated call can only shorten the time.</summary>
    public void CloseRoot(TimeSpan? within)
    {
        if (_app is not null)
        {
            _app.LeaveWithOwner(CancelReason!, within);
        }
        else
        {
            _ = ScopeCloser.CloseAsync(_root, CancelReason!, within);
        }
    }

    /// <summary>The owner's close has this much time left for it.</summary>
    public void Limit(TimeSpan within) => CloseRoot(within * ShareOfTime);

    /// <summary>Called on whichever thread has ended the close of the root.</summary>
    public void OnClosed()
    {
        _root.Tree.Unpin();
        if (IsCancelRequested)
        {
            _closed.TrySetCanceled();
        }
        else
        {
            _closed.TrySetResult();
        }
    }

    /// <inheritdoc/>
    internal override string DescribeWait(string? known)
    {
        List<BackgroundTask> live = _root.LiveTasks();
        return live.Count == 0 ? "its own UI thread" : string.Join(", ", live.Select(task => $"'{task.Name}'"));
    }
}
