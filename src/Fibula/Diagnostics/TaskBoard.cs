namespace Fibula.Diagnostics;

/// <summary>The live list of a scope's tasks, for a view: brought up to date at most once per refresh interval.</summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="Rows"/> and <see cref="Changed"/> belong to the UI thread; <see cref="Cancel"/> and <see cref="Dispose"/> may be called from any.</para>
/// <para><b>Errors.</b> An exception thrown by a subscriber is written to standard error in one line.</para>
/// <para>Use <see cref="SnapshotExtensions.Snapshot"/> instead for a single look, also from another thread.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WatchExampleTests.cs#board">
/// var board = new TaskBoard(app.Tasks);
/// board.Changed += () => _status.Text = TaskText.Summary(board.Rows);            // 2 tasks are running.
/// Closed += (_, _) => board.Dispose();
/// </code>
/// </example>
public sealed class TaskBoard : IDisposable
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Long enough to be seen and read, and so few that they hide nothing that runs.
    private static readonly TimeSpan StoppedTime = TimeSpan.FromSeconds(10);
    private const int MostStopped = 5;

    private readonly TaskScope _scope;
    private readonly TimeSpan _interval;
    private readonly bool _showsTime;

    private readonly Alarm _refresh;
    private readonly Alarm _next;

    // Guards the fields below. The clock, which may be the program's own, is called outside it.
    private readonly Lock _gate = new();
    private bool _isWaiting;
    private bool _isDisposed;
    private long? _refreshedAt;

    // The tasks that were stopped by a token of their own, the oldest first, with the time at which their rows disappear.
    private readonly List<(TaskSnapshot Row, long Until)> _stopped = [];

    /// <summary>Creates a board for a scope and its descendants; for a root also the survivors of closed scopes.</summary>
    /// <param name="scope">Whose tasks to list.</param>
    /// <param name="refreshInterval">The least time between two changes of <see cref="Rows"/>; 100 ms if null.</param>
    /// <param name="showsTime">The view shows how long the tasks run: the rows are renewed each second too, while there are any.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="refreshInterval"/> is zero or negative.</exception>
    public TaskBoard(TaskScope scope, TimeSpan? refreshInterval = null, bool showsTime = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        _interval = Durations.Interval(refreshInterval ?? DefaultInterval, nameof(refreshInterval));
        _refresh = new Alarm(static board => ((TaskBoard)board!).PostRefresh(), this);
        _next = new Alarm(static board => ((TaskBoard)board!).OnTreeChanged(), this);
        _showsTime = showsTime;
        scope.Tree.Changed += OnTreeChanged;
        scope.Tree.StoppedByOwnToken += OnStoppedByOwnToken;
        OnTreeChanged();
    }

    /// <summary>Raised on the UI thread after <see cref="Rows"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>The live tasks, scope by scope, in the order they were started, without the parts of a task's work and without <see cref="TaskOptions.IsSystem"/>. Behind them, for ten seconds, the last five that were stopped by a token of
    /// their own: that may be a time-out nobody would see.</summary>
    public IReadOnlyList<TaskSnapshot> Rows { get; private set; } = [];

    /// <summary>Cancels a task, or removes the row of a task that was stopped by a token of its own.</summary>
    /// <param name="id">The <see cref="TaskSnapshot.Id"/> of its row.</param>
    /// <param name="reason">A sentence for people; null for one that names the list.</param>
    /// <returns>False if the task has ended meanwhile.</returns>
    public bool Cancel(int id, string? reason = null)
    {
        ITaskNode? task = _scope.Tree.LiveTasks(_scope.Node).Find(task => task.Node.Id == id);
        if (task is null)
        {
            lock (_gate)
            {
                _stopped.RemoveAll(stopped => stopped.Row.Id == id);
            }

            OnTreeChanged();
            return false;
        }

        TaskEffectRunner.RequestCancel(task, _scope.Tree.NewReason("the task list", reason ?? $"'{task.Node.Name}' was canceled in the task list."));
        return true;
    }

    /// <summary>Stops following the tasks.</summary>
    public void Dispose()
    {
        _scope.Tree.Changed -= OnTreeChanged;
        _scope.Tree.StoppedByOwnToken -= OnStoppedByOwnToken;
        lock (_gate)
        {
            _isDisposed = true;
        }

        _refresh.Dispose();
        _next.Dispose();
    }

    // Scope by scope, each before those in it. Not recursive: scopes may be nested deeply.
    private static List<TaskSnapshot> Flatten(ScopeSnapshot top)
    {
        var tasks = new List<TaskSnapshot>();
        var waiting = new Stack<ScopeSnapshot>([top]);
        while (waiting.TryPop(out ScopeSnapshot? scope))
        {
            tasks.AddRange(scope.Tasks);
            for (int i = scope.Children.Count - 1; i >= 0; i--)
            {
                waiting.Push(scope.Children[i]);
            }
        }

        // Repeated work is one row, with the progress of its run; work with shielded parts and groups is one too.
        HashSet<int> runs = [.. tasks.Select(static task => task.CurrentRunId).OfType<int>()];
        tasks.RemoveAll(task => task.IsPart || task.IsSystem || runs.Contains(task.Id));
        return tasks;
    }

    // Comes before the change of the tree that shows it.
    private void OnStoppedByOwnToken(ITaskNode task)
    {
        if (!task.Node.Scope.IsWithin(_scope.Node))
        {
            return;
        }

        long treeNow = _scope.Tree.Now();
        long now = Clocks.ExactTicks(_scope.Tree.TimeProvider);
        var row = new TaskSnapshot(_scope.Tree.Read(task, treeNow));
        lock (_gate)
        {
            _stopped.Add((row, now + StoppedTime.Ticks));
            if (_stopped.Count > MostStopped)
            {
                _stopped.RemoveAt(0);
            }
        }
    }

    private void OnTreeChanged()
    {
        TimeProvider clock = _scope.Tree.TimeProvider;
        long now = Clocks.ExactTicks(clock);
        TimeSpan wait;
        lock (_gate)
        {
            if (_isWaiting || _isDisposed)
            {
                return;
            }

            _isWaiting = true;
            wait = _refreshedAt is { } last && now - last < _interval.Ticks ? _interval - new TimeSpan(Math.Max(0, now - last)) : TimeSpan.Zero;
        }

        if (wait > TimeSpan.Zero)
        {
            _refresh.Set(clock, wait);
        }
        else
        {
            PostRefresh();
        }
    }

    private void PostRefresh() =>
        _scope.Tree.DispatchInOrder(static board => ((TaskBoard)board!).Refresh(), this);

    private void Refresh()
    {
        long now = Clocks.ExactTicks(_scope.Tree.TimeProvider);
        TaskSnapshot[] stopped;
        TimeSpan? next = null;
        lock (_gate)
        {
            // Before the rows are read: what changes from here on asks for another refresh.
            _isWaiting = false;
            _refreshedAt = now;
            if (_isDisposed || _scope.Tree.Loop is { HasEnded: true })
            {
                return;
            }

            _stopped.RemoveAll(stopped => stopped.Until <= now);
            stopped = [.. _stopped.Select(static stopped => stopped.Row)];
            if (_stopped.Count > 0)
            {
                next = new TimeSpan(_stopped[0].Until - now);
            }
        }

        List<TaskSnapshot> live = Flatten(_scope.Snapshot());
        Rows = [.. live, .. stopped];
        if (_showsTime && live.Count > 0 && (next is null || next > Second))
        {
            next = Second;
        }

        if (next is { } wait)
        {
            _next.Set(_scope.Tree.TimeProvider, wait);
        }

        foreach (Action subscriber in Delegate.EnumerateInvocationList(Changed))
        {
            Subscriber.Invoke(_scope.Tree.Loop, static subscriber => subscriber(), subscriber, nameof(Changed));
        }
    }
}
