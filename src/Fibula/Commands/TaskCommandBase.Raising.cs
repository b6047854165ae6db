using System.ComponentModel;
using System.Windows.Input;

namespace Fibula;

/// <content>What is raised for the views of the command, and when. The fields, and what guards them, stand in the other file.</content>
public abstract partial class TaskCommandBase
{
    /// <summary>Any thread: raises what has changed, on the UI thread.</summary>
    internal void NotifyChanged() => OnUiThread(RaiseChanges);

    void IScopeFollower.NotifyChanged() => NotifyChanged();

    void IScopeFollower.OnScopeClosed() => ForgetRuns();

    void IScopeFollower.OnRenewed()
    {
        ForgetRuns();
        Limit.DropLeftBehind(this);
        NotifyChanged();
    }

    // Nothing refers to runs that were shown.
    private void ForgetRuns()
    {
        lock (_gate)
        {
            _missed = [.. _missed, .. default(CommandState).ChangesSince(_told)];
            _state = _told = default;
        }
    }

    private CommandState StateNow()
    {
        lock (_gate)
        {
            _state = Scope.IsClosed ? default : _state;
            return _state;
        }
    }

    private void OnUiThread(Action action)
    {
        if (Scope.Loop is { IsRunning: true } loop && loop.CheckAccess())
        {
            loop.Guard(action);
        }
        else
        {
            Scope.Tree.DispatchInOrder(static action => ((Action)action!)(), action);
        }
    }

    private void RaiseChanges()
    {
        if (Scope.IsClosed)
        {
            return;
        }

        CommandState now = StateNow() with { Running = RunningCount, Queued = QueuedCount };
        bool canExecute = WouldRun;
        CommandState before;
        bool couldExecute;
        string[] missed;
        lock (_gate)
        {
            (before, _told) = (_told, now);
            (couldExecute, _couldExecute) = (_couldExecute, canExecute);
            (missed, _missed) = (_missed, []);
        }

        foreach (string property in now.ChangesSince(before).Union(missed))
        {
            RaisePropertyChanged(property);
        }

        if (canExecute != couldExecute)
        {
            RaiseCanExecuteChanged();
        }

        _cancel.NotifyChanged();
    }

    private void RaisePropertyChanged(string property)
    {
        var change = new PropertyChangedEventArgs(property);
        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(PropertyChanged))
        {
            Subscriber.Invoke(Scope.Loop, static call => call.subscriber(call.command, call.change), (subscriber, command: this, change), nameof(PropertyChanged));
        }
    }

    private void RaiseCanExecuteChanged() => RaiseCanExecuteChanged(CanExecuteChanged, this, Scope.Loop);

    /// <summary>On the UI thread: calls each subscriber of the event.</summary>
    internal static void RaiseCanExecuteChanged(EventHandler? subscribers, ICommand command, UiLoop? loop)
    {
        foreach (EventHandler subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            Subscriber.Invoke(loop, static call => call.subscriber(call.command, EventArgs.Empty), (subscriber, command), nameof(CanExecuteChanged));
        }
    }
}
