using System.ComponentModel;

namespace Fibula;

/// <summary>The bindable state of a command, and the events for its views.</summary>
internal sealed class CommandView
{
    // In the order of CommandProperties.
    private static readonly PropertyChangedEventArgs[] Properties =
    [
        new(nameof(TaskCommandBase.IsRunning)),
        new(nameof(TaskCommandBase.RunningCount)),
        new(nameof(TaskCommandBase.QueuedCount)),
        new(nameof(TaskCommandBase.Last)),
        new(nameof(TaskCommandBase.LastSucceeded)),
        new(nameof(TaskCommandBase.LastFaulted)),
        new(nameof(TaskCommandBase.LastCanceled)),
    ];

    private readonly TaskCommandBase _command;

    // Created once: each run notifies several times.
    private readonly Action _raiseChanges;
    private readonly Action _raiseCanExecuteChanged;

    // The last runs. Each is set by the thread on which a run begins or ends, without the gate.
    private volatile BackgroundTask? _last;
    private volatile BackgroundTask? _lastSucceeded;
    private volatile BackgroundTask? _lastFaulted;
    private volatile BackgroundTask? _lastCanceled;

    // Guards the fields below. Subscribers are called outside it.
    private readonly Lock _gate = new();
    private CommandState _raised;

    // Properties whose change could not be raised because the scope had closed. They are raised if its view is shown again.
    private CommandProperties _missed;
    private bool _couldExecute = true;

    public CommandView(TaskCommandBase command)
    {
        _command = command;
        _raiseChanges = RaiseChanges;
        _raiseCanExecuteChanged = RaiseCanExecuteChangedUnlessClosed;
        Cancel = new CancelRunsCommand(() => command.HasRuns, command.CancelByUser);
    }

    public event EventHandler? CanExecuteChanged;

    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>The other button.</summary>
    public CancelRunsCommand Cancel { get; }

    /// <summary>The last runs. The limit has the counts.</summary>
    public CommandState State => _command.Scope.IsClosed ? default : LastRuns;

    private CommandState LastRuns => new()
    {
        Last = _last,
        LastSucceeded = _lastSucceeded,
        LastFaulted = _lastFaulted,
        LastCanceled = _lastCanceled,
    };

    public void OnBegun(BackgroundTask run) => _last = run;

    public void OnEnded(BackgroundTask run)
    {
        // A survivor is not shown, also not if its view has come back.
        if (run.Node.IsLeftBehind)
        {
            return;
        }

        switch (run.State)
        {
            case BackgroundTaskState.Succeeded:
                _lastSucceeded = run;
                break;
            case BackgroundTaskState.Faulted:
                _lastFaulted = run;
                break;
            default:
                _lastCanceled = run;
                break;
        }
    }

    /// <summary>Releases the runs that were shown.</summary>
    public void ForgetRuns()
    {
        _last = _lastSucceeded = _lastFaulted = _lastCanceled = null;
        lock (_gate)
        {
            _missed |= default(CommandState).ChangesSince(_raised);
            _raised = default;
        }
    }

    /// <summary>Any thread: raises what has changed, on the UI thread.</summary>
    public void NotifyChanged() => OnUiThread(_raiseChanges);

    /// <summary>Any thread: raises <see cref="CanExecuteChanged"/>, on the UI thread.</summary>
    public void NotifyCanExecuteChanged() => OnUiThread(_raiseCanExecuteChanged);

    private void OnUiThread(Action action)
    {
        TaskScope scope = _command.Scope;
        if (scope.Loop is { IsRunning: true } loop && loop.CheckAccess())
        {
            loop.Guard(action);
        }
        else
        {
            scope.Tree.DispatchInOrder(static action => ((Action)action!)(), action);
        }
    }

    private void RaiseChanges()
    {
        TaskScope scope = _command.Scope;
        bool isOpen = scope.IsOpen;
        if (!isOpen && scope.IsClosed)
        {
            return;
        }

        (int running, int queued, CommandEntry next) = _command.Limit.StandingOf(_command);
        queued += _command.Timing.IsDelaying ? 1 : 0;
        bool canExecute = isOpen && next != CommandEntry.Refuse;
        CommandProperties changed;
        CommandProperties missed;
        bool couldExecute;
        lock (_gate)
        {
            CommandState now = LastRuns with { Running = running, Queued = queued };
            changed = now.ChangesSince(_raised);
            _raised = now;
            (couldExecute, _couldExecute) = (_couldExecute, canExecute);
            (missed, _missed) = (_missed & ~changed, CommandProperties.None);
        }

        bool hasRuns = running + queued > 0;
        if ((changed | missed) != CommandProperties.None || canExecute != couldExecute)
        {
            RaisePropertiesChanged(changed);
            RaisePropertiesChanged(missed);
            if (canExecute != couldExecute)
            {
                RaiseCanExecuteChanged();
            }

            // Read again: a subscriber may have shown a dialog, during which other runs began or ended.
            hasRuns = _command.HasRuns;
        }

        Cancel.NotifyChanged(hasRuns, scope.Loop);
    }

    private void RaisePropertiesChanged(CommandProperties changed)
    {
        if (PropertyChanged is null)
        {
            return;
        }

        for (int i = 0; changed != CommandProperties.None; i++)
        {
            var property = (CommandProperties)(1 << i);
            if ((changed & property) != CommandProperties.None)
            {
                changed &= ~property;
                RaisePropertyChanged(Properties[i]);
            }
        }
    }

    private void RaisePropertyChanged(PropertyChangedEventArgs property)
    {
        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(PropertyChanged))
        {
            Subscriber.Invoke(
                _command.Scope.Loop,
                static call => call.subscriber(call.command, call.property),
                (subscriber, command: _command, property),
                nameof(PropertyChanged));
        }
    }

    private void RaiseCanExecuteChangedUnlessClosed()
    {
        if (!_command.Scope.IsClosed)
        {
            RaiseCanExecuteChanged();
        }
    }

    private void RaiseCanExecuteChanged() => CanExecuteEvent.Raise(CanExecuteChanged, _command, _command.Scope.Loop);
}
