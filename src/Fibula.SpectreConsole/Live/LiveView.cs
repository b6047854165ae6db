using Fibula.Diagnostics;
using Spectre.Console;

namespace Fibula;

/// <summary>The tasks as lines at the lower end of a terminal, drawn again in place.</summary>
internal sealed class LiveView : ITaskView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromMilliseconds(500);

    private readonly TaskScope _scope;
    private readonly IAnsiConsole _console;
    private readonly ShownTasks _shown;
    private readonly Action _onEnd;
    private readonly TaskLines _lines;
    private readonly LiveArea _area;
    private readonly ConsoleWriters _writers;

    // On the UI thread, except that any thread may dispose the timer.
    private readonly HashSet<int> _stopped = [];
    private IReadOnlyList<TaskSnapshot> _tasks = [];
    private long _readAt;
    private int _frame;
    private bool _isTicking;
    private ITimer? _timer;
    private volatile bool _isDisposed;

    public LiveView(TaskScope scope, IAnsiConsole console, ShownTasks shown, Action onEnd)
    {
        _scope = scope;
        _console = console;
        _shown = shown;
        _onEnd = onEnd;
        _lines = new TaskLines(console.Profile);
        _area = new LiveArea(console, () => scope.Loop is { HasEnded: true });
        _writers = new ConsoleWriters(console, _area, EndIfOver);
        AppDomain.CurrentDomain.ProcessExit += OnProcessEnds;
        AppDomain.CurrentDomain.UnhandledException += OnProcessEnds;
    }

    public void Show(IReadOnlyList<TaskSnapshot> tasks)
    {
        _tasks = tasks;
        _readAt = _scope.Loop!.TimeProvider.GetTimestamp();
        foreach (TaskSnapshot task in tasks.Where(task => task.State == BackgroundTaskState.Canceled && _stopped.Add(task.Id)))
        {
            _area.Write(TaskLines.Stopped(task));
        }

        _stopped.IntersectWith(tasks.Select(static task => task.Id));
        if (!_isTicking)
        {
            Draw();
        }
    }

    public void Show(TaskFault fault) => _area.Write(TaskLines.Fault(fault, _console.Profile.Capabilities.Unicode));

    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnProcessEnds;
        AppDomain.CurrentDomain.UnhandledException -= OnProcessEnds;
        _area.Close();
        _writers.Dispose();
    }

    // Draws ten times a second while something is shown. Otherwise when a task is old enough, and once a second to notice the end of the loop.
    private void Draw()
    {
        TimeProvider clock = _scope.Loop!.TimeProvider;
        TimeSpan sinceRead = clock.GetElapsedTime(_readAt);
        IReadOnlyList<TaskSnapshot> shown = _shown.Of(_tasks, sinceRead);
        _area.Show(_lines.Of(shown, sinceRead, _frame++));
        if (shown.Count == 0)
        {
            _writers.Flush();
        }

        _isTicking = shown.Count > 0;
        if (_tasks.Count > 0)
        {
            TimeSpan wait = shown.Count > 0 ? Interval : _shown.UntilNext(_tasks, sinceRead) is { } next && next < Second ? next : Second;
            _timer ??= clock.CreateTimer(static view => ((LiveView)view!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        if (!_scope.Loop!.Post(OnTick))
        {
            _onEnd();
        }
    }

    private void EndIfOver()
    {
        if (_scope.Loop is { HasEnded: true })
        {
            _onEnd();
        }
    }

    private void OnTick()
    {
        if (!_isDisposed)
        {
            Draw();
        }
    }

    // A terminal that takes nothing any more must not hold the process.
    private void OnProcessEnds(object? sender, EventArgs e)
    {
        var thread = new Thread(() => _onEnd()) { IsBackground = true, Name = "Fibula's last write" };
        thread.UnsafeStart();
        thread.Join(LastWriteLimit);
    }
}
