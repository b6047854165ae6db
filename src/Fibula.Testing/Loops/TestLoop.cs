using System.Collections.Concurrent;
using Fibula.Toolkits;

namespace Fibula.Testing;

/// <summary>
/// A UI loop for tests: the thread that creates it is the UI thread, it runs only while the test says so, and its time is
/// virtual, so that minutes pass in no time.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> The run methods belong to the thread that created the loop. Anybody may post.</para>
/// <para><b>Time.</b> While <see cref="RunUntilEnded(Task)"/> waits and nothing is left to do, the clock jumps to the next timer. A hop over
/// the thread pool is waited for, longer work there is not: a deadline would come before it. Test real work, such as reading files, with
/// <see cref="TestLoop(TimeProvider)"/> and the system's clock. On virtual time a close tells all
/// tasks at once, however slow the machine.</para>
/// <para><b>Errors.</b> Faults nobody has handled are kept in <see cref="UnhandledFaults"/>.</para>
/// </remarks>
public sealed class TestLoop : ToolkitLoop
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);
    private static readonly TimeSpan HopLimit = TimeSpan.FromMilliseconds(20);

    // A run that ends within as many turns and timers does so whatever the patience.
    private const int StepsWithoutPatience = 10_000;

    // The workers of the pool that run a test loop, as a synchronous test does: they bring nothing to another one.
    private static int _loopWorkers;

    [ThreadStatic]
    private static bool _isLoopWorker;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly VirtualTimeProvider? _time;
    private readonly SemaphoreSlim _woken = new(0);
    private readonly ConcurrentQueue<TaskFault> _unhandledFaults = new();
    private readonly Dictionary<object, TaskScope> _views = [];
    private volatile bool _quit;

    /// <summary>Creates a loop whose UI thread is the calling thread. It starts with the first run.</summary>
    public TestLoop()
        : this(new VirtualTimeProvider())
    {
    }

    /// <summary>Creates a loop whose UI thread is the calling thread, on a clock that is not the loop's to move.</summary>
    /// <param name="timeProvider">For work that takes real time, <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="timeProvider"/> is null.</exception>
    public TestLoop(TimeProvider timeProvider)
        : base(timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = timeProvider as VirtualTimeProvider;
    }

    /// <summary>How long, in real time, a run may take before it counts as stuck.</summary>
    /// <value>Default: 30 seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    /// <remarks>
    /// <para>On virtual time it counts from the start of the run: repeated work, such as <see cref="TaskScopeExtensions.RunEvery(TaskScope, TimeSpan, Func{Task}, TaskOptions, string, string, string, int)"/>,
    /// keeps the clock jumping for ever. Set more for a simulation that takes longer. A run of at most 10,000 turns and timers is not stopped.</para>
    /// <para>While nothing is queued and no timer is left, and on a clock that was given to the loop, it is how long a run waits for work on the thread pool.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Patience
    {
        get;
        set
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            }

            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The faults that went unhandled through the root until now, in order.</summary>
    /// <remarks>Each read returns a new list. Any thread may read it.</remarks>
    public IReadOnlyList<TaskFault> UnhandledFaults => [.. _unhandledFaults];

    /// <summary>Answers for the user where tasks run while something closes.</summary>
    /// <value>Default: null, which cancels them.</value>
    public Func<CloseQuestion, Task<CloseAnswer>>? OnAsk { get; set; }

    /// <summary>Creates a loop on the calling thread with an app that has started: the one line of a test of windows, controls and view models.</summary>
    /// <param name="configure">Sets the hooks of the app; null for none.</param>
    /// <returns>The loop. Its app is <see cref="UiApp.Current"/> on this thread.</returns>
    /// <remarks>
    /// <para>Views of Windows Forms, WPF, Avalonia and Terminal.Gui that are made on this thread need no app of their toolkit: <c>this.Tasks</c> is a child of the app's
    /// scope, and <c>CloseAfterTasks</c> does nothing. What the toolkit itself demands to make a view remains.</para>
    /// <para>Each test has a loop of its own, so tests may run in parallel. <see cref="End"/> it at the end where another test on this thread must find no app. What the hooks of the start throw comes out here.</para>
    /// </remarks>
    /// <example>
    /// <code source="tests/Fibula.TerminalGui.Tests/Windows/ViewInATestTests.cs#test">
    /// [Fact]
    /// public void Refresh_ShowsThePrice()
    /// {
    ///     var loop = TestLoop.StartApp();        // the one line
    ///     var window = new PriceWindow();             // uses this.Tasks
    ///
    ///     window.Refresh();
    ///     loop.Advance(TimeSpan.FromSeconds(1));
    ///
    ///     Assert.Equal("42", window.Price.Text);
    ///     loop.End();
    /// }
    /// </code>
    /// </example>
    public static TestLoop StartApp(Action<UiAppOptions>? configure = null)
    {
        var loop = new TestLoop();
        loop.UseFibula(configure);
        loop.RunUntilIdle();
        return loop;
    }

    /// <summary>Runs everything that is queued, and what that queues, without moving the clock.</summary>
    /// <exception cref="InvalidOperationException">Another thread calls than the one that created the loop.</exception>
    public void RunUntilIdle()
    {
        ThrowOnForeignThread();
        NotifyStarted();
        while (_woken.Wait(0))
        {
            RunTurn();
        }
    }

    /// <summary>Runs the loop, and lets the clock jump whenever nothing is left to do, until a task has ended.</summary>
    /// <param name="task">What to wait for. Its error is not thrown: await it, or look at it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another thread calls than the one that created the loop.</exception>
    /// <exception cref="TimeoutException">Nothing happened any more, or the <see cref="Patience"/> is used up, and the task has not ended.</exception>
    public void RunUntilEnded(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        RunUntil(() => task.IsCompleted);
    }

    /// <inheritdoc cref="RunUntilEnded(Task)"/>
    /// <remarks>A task that ends on another thread may be telling of it still: run until what you look for is there (<see cref="RunUntil"/>).</remarks>
    public void RunUntilEnded(BackgroundTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        try
        {
            RunUntil(() => task.IsCompleted);
        }
        catch (TimeoutException stuck) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{stuck.Message} {task.Explain()}", stuck);
        }
    }

    /// <summary>Runs the loop, and lets the clock jump whenever nothing is left to do, until a condition holds.</summary>
    /// <param name="condition">Looked at between turns.</param>
    /// <exception cref="ArgumentNullException"><paramref name="condition"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another thread calls than the one that created the loop.</exception>
    /// <exception cref="TimeoutException">Nothing happened any more, or the <see cref="Patience"/> is used up, and the condition does not hold.</exception>
    public void RunUntil(Func<bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ThrowOnForeignThread();
        NotifyStarted();
        if (_isLoopWorker || !Thread.CurrentThread.IsThreadPoolThread)
        {
            RunUntilCore(condition);
            return;
        }

        _isLoopWorker = true;
        Interlocked.Increment(ref _loopWorkers);
        try
        {
            RunUntilCore(condition);
        }
        finally
        {
            Interlocked.Decrement(ref _loopWorkers);
            _isLoopWorker = false;
        }
    }

    /// <summary>Moves the clock, timer by timer, and runs what becomes due.</summary>
    /// <param name="time">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The clock was given to the loop.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ThrowOnForeignThread();
        VirtualTimeProvider clock = _time
            ?? throw new InvalidOperationException("The clock of this test loop was given to it and cannot be moved here. Move that clock, or create the loop without one.");
        NotifyStarted();
        RunUntilIdle();
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset end = time < DateTimeOffset.MaxValue - now ? now + time : DateTimeOffset.MaxValue;
        while (clock.JumpToNextTimer(end))
        {
            RunUntilIdle();
        }
    }

    /// <summary>Ends the loop, as a toolkit does whose last window was closed: live tasks are asked to cancel.</summary>
    public void End() => NotifyEnded();

    /// <inheritdoc/>
    protected override TaskScope? GetScopeInTest(object view)
    {
        if (!_views.TryGetValue(view, out TaskScope? scope) || scope.IsClosed)
        {
            _views[view] = scope = this.App!.Tasks.CreateChild(view.GetType().Name);
        }

        return scope;
    }

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _woken.Release();

    /// <inheritdoc/>
    protected override void RunCore() => RunUntil(() => _quit);

    /// <inheritdoc/>
    protected override void QuitCore() => _quit = true;

    /// <inheritdoc/>
    protected override Task<CloseAnswer> AskAsync(CloseQuestion question) => OnAsk is { } ask ? ask(question) : base.AskAsync(question);

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault) => _unhandledFaults.Enqueue(fault);

    private void RunUntilCore(Func<bool> condition)
    {
        var run = new TestRun(this, _time);
        for (int step = 0; !condition(); step++)
        {
            if (step >= StepsWithoutPatience)
            {
                run.ThrowIfOverdue();
            }

            if (_woken.Wait(0) || (_time is not null && PoolBringsWork(condition)))
            {
                RunTurn();
            }
            else if (!condition() && _time?.JumpToNextTimer() != true && !WaitForThePool(condition))
            {
                throw new TimeoutException(
                    "The test waits for something that never happens: no post, no timer and no work on the thread pool is left.");
            }
        }
    }

    // Cancellation of the framework's waits hops over the pool: before time may jump, whatever is on its way there must have
    // arrived. Where the pool is not idle, since other tests use it too, items of our own that have run tell that all queued
    // before them have at least begun.
    private bool PoolBringsWork(Func<bool> condition)
    {
        for (int round = 0; round < 4 && IsPoolBusy(); round++)
        {
            PassThroughThePool();
            if (condition())
            {
                return false;
            }

            if (_woken.Wait(0))
            {
                return true;
            }
        }

        // Begun is not done: the worker that has it may be waiting for a processor. Other tests keep workers busy too, hence not for long.
        long began = TimeProvider.System.GetTimestamp();
        while (IsPoolBusy() && TimeProvider.System.GetElapsedTime(began) < HopLimit)
        {
            if (_woken.Wait(1))
            {
                return true;
            }
        }

        return _woken.Wait(0);
    }

    // On a worker, what the test has queued may lie in the worker's own queue, from which others take only when the common one is empty.
    private void PassThroughThePool()
    {
        foreach (bool isLocal in (ReadOnlySpan<bool>)[true, false])
        {
            using var passed = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static passed => passed.Set(), passed, isLocal);
            passed.Wait(Patience <= LongestWait ? Patience : Timeout.InfiniteTimeSpan);
        }
    }

    // A worker counts from the moment on it is asked for: nothing is on its way between the two looks.
    private static bool IsPoolBusy()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            return true;
        }

        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return most - available > Volatile.Read(ref _loopWorkers);
    }

    // Real work is under way on the pool. It may post, or make the condition true without waking anybody.
    private bool WaitForThePool(Func<bool> condition)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (Patience == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            if (_woken.Wait(LookInterval))
            {
                RunTurn();
                return true;
            }

            // A timer that work on the pool has made meanwhile wakes nobody.
            if (condition() || _time?.JumpToNextTimer() == true)
            {
                return true;
            }
        }

        return false;
    }

    private void ThrowOnForeignThread()
    {
        if (!CheckAccessCore())
        {
            throw new InvalidOperationException(
                $"The test loop belongs to thread {_thread.ManagedThreadId}, but is run on thread {Environment.CurrentManagedThreadId}. Run it where it was created, in a test that is not async.");
        }
    }
}
