using System.ComponentModel;

namespace Fibula.Diagnostics;

/// <summary>The progress of one task for a view to bind to: a bar that shows only when the work takes long enough, with its texts.</summary>
/// <remarks>
/// <para><b>Threads.</b> The properties belong to the UI thread and change there, at most once per turn of the loop, however many reports there are. The view may be
/// created and disposed on any thread; created elsewhere, it is filled in the next turn.</para>
/// <para><b>Cancellation.</b> A task that is asked to cancel stays visible until it has ended.</para>
/// <para><b>Errors.</b> An exception thrown by a subscriber is written to standard error in one line.</para>
/// <para>It ends with the task, so dispose it only if the view closes earlier. Use <see cref="BackgroundTask.Progress"/> instead to read the progress once, or from
/// another thread.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Progress/ProgressGuideTests.cs#view">
/// private sealed class ImportModel(TaskScope tasks)
/// {
///     public TaskProgressView? Progress { get; private set; }
///
///     public void Import() => Progress = new TaskProgressView(tasks.Run(ImportAsync));
/// }
/// </code>
/// </example>
public sealed class TaskProgressView : INotifyPropertyChanged, IDisposable
{
    // Hidden ──the task is as old as the delay──► Visible ──the task ends──► Hidden for good
    //    └────────────────the task ends───────────────────────────────────────────►
    //
    // All on the UI thread. A timer waits for the delay; then, while there is an estimate, for the next second, since that changes also while nothing is reported.
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly PropertyChangedEventArgs IsVisibleProperty = new(nameof(IsVisible));
    private static readonly PropertyChangedEventArgs IsIndeterminateProperty = new(nameof(IsIndeterminate));
    private static readonly PropertyChangedEventArgs FractionProperty = new(nameof(Fraction));
    private static readonly PropertyChangedEventArgs MessageProperty = new(nameof(Message));
    private static readonly PropertyChangedEventArgs RemainingProperty = new(nameof(Remaining));
    private static readonly PropertyChangedEventArgs TextProperty = new(nameof(Text));

    private readonly BackgroundTask _task;
    private readonly TimeSpan _showDelay;
    private Shown _shown = new(false, TaskProgress.None, string.Empty);
    private bool _isTicking;

    private readonly Alarm _alarm;
    private volatile bool _isDisposed;

    /// <summary>Creates a view of a task. A task that has ended is never visible.</summary>
    /// <param name="task">The task.</param>
    /// <param name="showDelay">The age at which the task becomes visible, on the loop's clock; 500 ms if null, <see cref="TimeSpan.Zero"/> for immediately.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="showDelay"/> is negative.</exception>
    public TaskProgressView(BackgroundTask task, TimeSpan? showDelay = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        _task = task;
        _showDelay = Durations.Delay(showDelay ?? DefaultDelay, nameof(showDelay));
        _alarm = new Alarm(static view => ((TaskProgressView)view!).PostTick(), this);
        task.PropertyChanged += OnTaskChanged;
        if (task.Tree.Loop?.CheckAccess() == true)
        {
            Begin();
        }
        else
        {
            task.Tree.DispatchInOrder(static view => ((TaskProgressView)view!).Begin(), this);
        }
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>True from the moment the task has outlasted the delay until it has ended or its scope is closed; it changes twice at most.</summary>
    public bool IsVisible => _shown.IsVisible && HasOpenScope;

    /// <summary>True while it is not known how much there is to do.</summary>
    public bool IsIndeterminate => _shown.Progress.IsIndeterminate;

    /// <summary>How much is done, from 0 to 1; 0 where that is not known.</summary>
    public double Fraction => _shown.Progress.Fraction ?? 0;

    /// <summary>The current step; null if the work has not reported one.</summary>
    public string? Message => _shown.Progress.Message;

    /// <summary>How long the rest will take; null where that is not known.</summary>
    public TimeSpan? Remaining => _shown.Progress.Remaining;

    /// <summary>The amount and the remaining time as one line, to stand beside <see cref="Message"/>: <c>42 %, about 2 minutes left</c>.</summary>
    /// <value>Empty where nothing is known.</value>
    public string Text => _shown.Text;

    /// <summary>Stops following the task: nothing changes any more.</summary>
    public void Dispose()
    {
        _task.PropertyChanged -= OnTaskChanged;
        _isDisposed = true;
        _alarm.Dispose();
    }

    // The loop still runs, and the view is in use.
    private bool IsLive => !_isDisposed && _task.Tree.Loop is not { HasEnded: true } && HasOpenScope;

    // A survivor belongs to the root, but its view was in the scope that has closed.
    private bool HasOpenScope => !_task.Node.IsLeftBehind && !_task.Scope.IsClosed;

    private void Begin()
    {
        if (_task.IsCompleted || !IsLive)
        {
            End();
            return;
        }

        TimeSpan wait = _showDelay - _task.Elapsed;
        Show(isVisible: wait <= TimeSpan.Zero);
        if (!IsVisible)
        {
            SetAlarm(wait);
        }
    }

    // Progress comes here before the end, and nothing after the end.
    private void OnTaskChanged(object? sender, PropertyChangedEventArgs e)
    {
        if (e.PropertyName == nameof(BackgroundTask.IsCompleted))
        {
            End();
        }
        else if (e.PropertyName == nameof(BackgroundTask.Progress))
        {
            Show(IsVisible);
        }
    }

    private void OnTick()
    {
        _isTicking = false;
        if (!IsLive)
        {
            Dispose();
        }
        else if (!_task.IsCompleted)
        {
            Show(isVisible: true);
        }
    }

    private void End()
    {
        if (IsLive)
        {
            Show(isVisible: false);
        }

        Dispose();
    }

    private void Show(bool isVisible)
    {
        TaskProgress progress = _task.Progress;
        Shown old = _shown;
        _shown = new Shown(isVisible, progress, TaskText.Progress(progress));
        if (isVisible && !_isTicking && progress.Remaining is not null)
        {
            SetAlarm(Second);
        }

        Raise(old.Progress.IsIndeterminate != IsIndeterminate, IsIndeterminateProperty);
        Raise(old.Progress.Fraction != progress.Fraction, FractionProperty);
        Raise(old.Progress.Message != Message, MessageProperty);
        Raise(old.Progress.Remaining != Remaining, RemainingProperty);
        Raise(old.Text != Text, TextProperty);
        Raise(old.IsVisible != isVisible, IsVisibleProperty);
    }

    private void SetAlarm(TimeSpan wait)
    {
        _isTicking = true;
        _alarm.Set(_task.Tree.TimeProvider, wait);
    }

    private void PostTick() => _task.Tree.DispatchInOrder(static view => ((TaskProgressView)view!).OnTick(), this);

    private void Raise(bool hasChanged, PropertyChangedEventArgs property)
    {
        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(hasChanged ? PropertyChanged : null))
        {
            if (!_isDisposed)
            {
                Subscriber.Invoke(
                    _task.Tree.Loop,
                    static call => call.subscriber(call.view, call.property),
                    (subscriber, view: this, property),
                    nameof(TaskProgressView.PropertyChanged));
            }
        }
    }

    /// <summary>The source of the properties.</summary>
    private readonly record struct Shown(bool IsVisible, TaskProgress Progress, string Text);
}
