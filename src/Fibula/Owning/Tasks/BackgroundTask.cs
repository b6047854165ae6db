using System.ComponentModel;
using System.Runtime.CompilerServices;
using Fibula.CompilerServices;

namespace Fibula;

/// <summary>
/// The handle of a task that a <see cref="TaskScope"/> owns. Await it, watch it, cancel it, or drop it: the scope keeps the task alive until it ends.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread. <see cref="StateChanged"/> and <see cref="PropertyChanged"/> are raised on the UI thread.</para>
/// <para><b>Cancellation.</b> <see cref="Cancel"/> signals the task's token and the tokens of its children; the task ends when its work does.</para>
/// <para><b>Errors.</b> <c>await</c> throws the exception of the work. If the task is not awaited, <see cref="TaskScope.Faulted"/> is raised.</para>
/// <para>There is no blocking member: waiting on the UI thread for work that needs the UI thread is a deadlock. Await it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#handle">
/// BackgroundTask export = this.Tasks.Run(ExportAsync);        // the window holds it, whatever becomes of the handle
/// export.StateChanged += (_, state) => _status.Text = $"Export: {state}";
/// _stop.Click += (_, _) => export.Cancel();
/// </code>
/// </example>
public class BackgroundTask : INotifyPropertyChanged, ITaskNode
{
    private TaskNode _node;

    internal BackgroundTask(ScopeNode scope, Delegate? work, TaskOptions? options, CallSite site)
    {
        _node.Scope = scope;
        _node.Site = site.Named(options?.Name).Of(work);
        _node.Body = work;
        _node.Ambient = new AmbientTask(this);
        if (options is not null && (options.OnClose is not null || options.Deadline is not null || options.CancellationToken.CanBeCanceled || options.IsSystem))
        {
            _node.Extras = new TaskExtras { OnClose = options.OnClose, CallersToken = options.CancellationToken, Deadline = options.Deadline, IsSystem = options.IsSystem };
        }
    }

    /// <summary>Raised on the UI thread after every change of <see cref="State"/>, in order: the old state, then the new one. Not raised any more once the scope that
    /// started the task is closed, since its view may be gone: await a task that may outlive its scope.</summary>
    public event Action<BackgroundTaskState, BackgroundTaskState>? StateChanged
    {
        add => Events.AddStateChanged(value);
        remove => Events.RemoveStateChanged(value);
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged
    {
        add => Events.AddPropertyChanged(value);
        remove => Events.RemovePropertyChanged(value);
    }

    /// <summary>The display name.</summary>
    /// <value>Default: the method that is run (<c>LoadAsync</c>), also where it was passed in a variable; of a lambda, the member it is written in (<c>MainWindow.Save_Click</c>).</value>
    public string Name => _node.Name;

    /// <summary>The current state. Set before any awaiter resumes.</summary>
    public BackgroundTaskState State => this.SeenState;

    /// <summary>True once the task has succeeded, faulted or been canceled.</summary>
    public bool IsCompleted => _node.IsCompleted;

    /// <summary>Why cancellation was requested, for this task or for the awaited task that ended it; null if it was not. Kept if the task succeeds anyway.</summary>
    public CancelReason? CancelReason => TreeExtensions.get_CancelReason(this);

    /// <summary>The latest progress the work has reported.</summary>
    public TaskProgress Progress => _node.ProgressAt(_node.Progress is null ? 0 : Context.Now());

    /// <summary>The time since the task was started, and how long it took once it has ended; exact to a few milliseconds.</summary>
    public TimeSpan Elapsed => _node.ElapsedAt(IsCompleted ? 0 : Context.Now());

    /// <summary>The scope that owns the task. A survivor of a closed scope belongs to the app's root.</summary>
    public TaskScope Scope => (TaskScope)_node.Scope.Handle;

    /// <summary>Requests the cancellation of the task. It ends when its work has reacted; a queued task never begins.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>Does nothing if the task has ended. The first reason stays. An exception in a token callback is a fault of the scope, and is not thrown here.</remarks>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null) =>
        TaskEffectRunner.RequestCancel(this, Context.NewReason(member, file, reason, _node.Site, static (by, name) => $"{by} canceled '{name}'."));

    /// <summary>Gives the task to another scope, with the children it has there. From then on that scope cancels it, waits for it and raises its fault.
    /// "Keep running" of a window that closes: <c>task.MoveTo(app.Tasks)</c>.</summary>
    /// <param name="scope">The new owner, of the same app.</param>
    /// <returns>False if the task has ended or was asked to cancel, or if the scope is closing or closed; then nothing has changed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The scope belongs to another app or loop; the task is part of another one, or a child of a group, and moves with
    /// that; or it is still starting (<see cref="TaskStarter.StartAsync{T}(Func{TaskContext, Action{T}, Task}, TaskOptions, CancellationToken, string, string, string, int)"/>).</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#move">
    /// _keepRunning.Click += (_, _) => export.MoveTo(app.Tasks);      // goes on when this window is closed
    /// </code>
    /// </example>
    public bool MoveTo(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ThrowIfBound(scope);
        return TaskLauncher.Move(this, scope.Node);
    }

    /// <summary>Says in one sentence where the task stands: since when, who asked it to cancel, and what it waits for.</summary>
    /// <returns>A sentence in English. It names what the task waits for, the first of these that is known: another owned task, one of Fibula's own waits, the innermost
    /// <c>async</c> method that the runtime shows, or "something outside Fibula".</returns>
    /// <remarks>Any thread. It may inspect the work by reflection, so call it when somebody asks, not for a list that is redrawn all the time.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#explain">
    /// // 'Load' in 'Main' was asked to cancel 2.0 s ago by MainWindow.Close and waits in 'Prices.DownloadAsync'.
    /// app.Tasks.Unresponsive += task => log.WriteLine(task.Explain());
    /// </code>
    /// </example>
    public string Explain() => TaskExplainer.Explain(this);

    /// <summary>Returns a <see cref="Task"/> that ends as this task does, for code that wants one. The task then counts as observed, unless the calling task would wait for itself.</summary>
    /// <returns>A task: a fault is its exception, a cancellation makes it canceled with a <see cref="BackgroundTaskCanceledException"/>, and a wait
    /// of the calling task for itself makes it faulted with an <see cref="InvalidOperationException"/> that names the cycle.</returns>
    public Task AsTask() => WaitForEndAsync();

    /// <summary>Makes the handle awaitable. Used by <c>await</c>, which counts as observing the task unless it is refused.</summary>
    public BackgroundTaskAwaiter GetAwaiter() => new(this, continueOnCapturedContext: true);

    /// <summary>Chooses whether an <c>await</c> resumes on the context it was made on.</summary>
    /// <param name="continueOnCapturedContext">False to resume wherever the task ended.</param>
    /// <returns>What to await.</returns>
    public ConfiguredBackgroundTask ConfigureAwait(bool continueOnCapturedContext) => new(this, continueOnCapturedContext);

    /// <summary>Returns the name and the state, for a debugger or a log.</summary>
    public override string ToString() => Printable.Line($"{Name}: {State}");

    // An async method, because only its builder makes a canceled Task that keeps the exception and its reason.
    private async Task WaitForEndAsync() => await new ConfiguredBackgroundTask(this, continueOnCapturedContext: false);

    internal ref TaskNode Node => ref _node;

    ref TaskNode ITaskNode.Node => ref _node;

    ITaskObserver? ITaskNode.Observer => Observer;

    Task? ITaskNode.Call(object work) => work switch
    {
        Func<Task> plain => plain(),
        Func<TaskContext, Task> withContext => withContext(new TaskContext(this)),
        Func<CancellationToken, Task> withToken => withToken(TaskRun.TokenOf(this)),
        Func<TaskGroup, Task> asGroup => asGroup(new TaskGroup(this)),
        _ => CallBlocking(work),
    };

    void ITaskNode.TakeResult(Task body) => TakeResult(body);

    bool ITaskNode.RaiseStarted() => Scope.RaiseTaskStarted(this);

    void ITaskNode.RaiseUnresponsive() => Scope.RaiseUnresponsive(this);

    void ITaskNode.ReportFault(Exception error) => FaultRoute.Report(TaskFault.Of(this, error), _node.Scope);

    private protected virtual ITaskObserver? Observer => null;

    /// <summary>Calls work that returns no task.</summary>
    private protected virtual Task CallBlocking(object work)
    {
        if (work is Action<TaskContext> withContext)
        {
            withContext(new TaskContext(this));
        }
        else
        {
            ((Action)work)();
        }

        return Task.CompletedTask;
    }

    private protected virtual void TakeResult(Task body)
    {
    }

    private TreeContext Context => _node.Scope.Context;

    private TaskEvents Events => (TaskEvents)(_node.Events ?? Interlocked.CompareExchange(ref _node.Events, new TaskEvents(this), null) ?? _node.Events);

    private void ThrowIfBound(TaskScope scope)
    {
        if (scope.Node.Context != Context)
        {
            throw new InvalidOperationException(
                $"'{Name}' cannot move to '{scope.Name}', which belongs to another app or loop. Start it there instead.");
        }

        if (_node.IsPart)
        {
            throw new InvalidOperationException($"'{Name}' belongs to '{_node.Parent?.Name}' and moves with it only. Move that.");
        }

        if (_node.IsBound)
        {
            throw new InvalidOperationException($"'{Name}' is not ready yet. Await StartAsync, then move it.");
        }
    }

    long IProgressSink.Now => Context.Now();

    bool IProgressSink.IsOnUiThread => Context.Loop?.CheckAccess() == true;

    bool IProgressSink.Record() => ((TaskEvents?)_node.Events)?.RecordProgress() ?? false;

    void IProgressSink.Tell(bool isNews)
    {
        TaskEffectRunner.PostEvents(this, isNews);
        Context.NotifyChanged();
    }

    void IProgressSink.Dispatch(SendOrPostCallback callback, object state) => Context.DispatchInOrder(callback, state);

    void IProgressSink.Call<T>(Action<T> handler, T value)
    {
        if (Context.Loop is { HasEnded: false } loop && !_node.IsLeftBehind && !Scope.IsClosed)
        {
            Subscriber.Invoke(
                loop, static call => call.handler(call.value), (handler, value, task: this), static call => $"the progress of '{call.task.Name}'");
        }
    }
}
