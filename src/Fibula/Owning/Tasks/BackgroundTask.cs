using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// The handle of a task that a <see cref="TaskScope"/> owns: await it, watch it, cancel it, or let it go; it is held until it ends.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread. <see cref="StateChanged"/> and <see cref="PropertyChanged"/> are raised on the UI thread.</para>
/// <para><b>Cancellation.</b> <see cref="Cancel"/> signals the task's token and the tokens of its children; the task ends when its work does.</para>
/// <para><b>Errors.</b> What the work throws comes out of the <c>await</c>. Where nobody awaits, <see cref="TaskScope.Faulted"/> tells it.</para>
/// <para>There is no blocking member: waiting on the UI thread for work that needs the UI thread is a deadlock. Await it.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#handle">
/// BackgroundTask export = this.Tasks.Run(ExportAsync);        // the window holds it, whatever becomes of the handle
/// export.StateChanged += (_, state) => _status.Text = $"Export: {state}";
/// _stop.Click += (_, _) => export.Cancel();
/// </code>
/// </example>
public partial class BackgroundTask : INotifyPropertyChanged
{
    private readonly CallSite _site;

    internal BackgroundTask(TaskScope scope, Delegate? work, TaskOptions? options, CallSite site)
    {
        _scope = scope;
        _body = work;
        _site = site.Named(options?.Name).Of(work);
        _relations = TaskRelations.From(options);
    }

    /// <summary>Raised on the UI thread after every change of <see cref="State"/>, in order: the old state, then the new one.</summary>
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

    /// <summary>The name people see.</summary>
    /// <value>Default: the method that is run (<c>LoadAsync</c>), also where it was passed in a variable; of a lambda, the member it is written in (<c>MainWindow.Save_Click</c>).</value>
    public string Name => _site.Name;

    /// <summary>Where the task stands now. Set before any awaiter resumes.</summary>
    public BackgroundTaskState State
    {
        get
        {
            return Tree.Requests.IsAny && Tree.RequestFor(this) is not null ? BackgroundTaskState.Canceling : _state;
        }
    }

    /// <summary>True once the task has succeeded, faulted or been canceled.</summary>
    public bool IsCompleted => _state >= BackgroundTaskState.Succeeded;

    /// <summary>Why the task was told to cancel, or why the handle that ended it was; null while nobody asked. Kept when it succeeds nevertheless.</summary>
    public CancelReason? CancelReason
    {
        get
        {
            // In this order: a request that has come meanwhile has left its reason.
            CancelReason? onItsWay = Volatile.Read(ref _reason) is null && Tree.Requests.IsAny ? Tree.RequestFor(this)?.Reason : null;
            return Volatile.Read(ref _reason) ?? onItsWay;
        }
    }

    /// <summary>The latest progress the work has reported.</summary>
    public TaskProgress Progress => ProgressAt(_progress is null ? 0 : Tree.Now());

    /// <summary>The time since the task was started, and how long it took once it has ended; exact to a few milliseconds.</summary>
    public TimeSpan Elapsed => IsCompleted ? ElapsedAt(_endedAt) : ElapsedAt(Tree.Now());

    /// <summary>The scope that owns the task. A survivor of a closed scope belongs to the app's root.</summary>
    public TaskScope Scope => _scope;

    internal CallSite Site => _site;

    internal TaskTree Tree => _scope.Tree;

    /// <summary>The latest progress at a moment that was read before a gate was taken.</summary>
    internal TaskProgress ProgressAt(long now) => _progress?.LatestAt(now) ?? TaskProgress.None;

    /// <summary>The time since the start, or up to the end, at such a moment.</summary>
    internal TimeSpan ElapsedAt(long now) => new(Math.Max(0, (IsCompleted ? _endedAt : now) - _startedAt));

    /// <summary>Tells the task to cancel. It ends when its work has reacted; one that has not begun never begins.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>Does nothing to a task that has ended. Asked twice, the first reason stays. What token callbacks throw is a fault, and does not come out here.</remarks>
    public void Cancel(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        string by = CallSite.MemberName(member, file);
        Tell(Tree.NewReason(by, reason ?? $"{by} canceled '{Name}'."));
    }

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
}
