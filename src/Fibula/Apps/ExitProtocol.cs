using System.Runtime.InteropServices;

namespace Fibula;

/// <summary>The exit of an app, requested by the program, a window, or a signal.</summary>
internal sealed class ExitProtocol(UiApp app)
{
    private static readonly PosixSignal[] ExitSignals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    // Living ──RequestAsync──► Asking ──yes, Exit, signal──► Leaving ──all tasks ended or given up──► Left
    //    ▲                       │ no, failed                  ▲
    //    └───────────────────────┘       Living ──Exit, signal─┘
    //
    // _gate guards the fields below. Hooks, awaiters and the toolkit are called outside it.
    private readonly Lock _gate = new();
    private readonly ProcessExitCode _processExitCode = new();
    private State _state;
    private TaskCompletionSource<ExitDecision>? _decision;
    private ITaskNode? _hook;
    private ForcedExit? _forced;
    private SignalWatch? _signals;

    // Whether the app handles the process's signals, and sets its exit code.
    private bool _watches;
    private bool _hasFailed;

    public CloseReport? Report { get; private set; }

    public int ExitCode => _forced?.ExitCode ?? (_hasFailed ? ProcessExitCode.Failed : 0);

    /// <summary>Handles the signals of the process until the loop has ended.</summary>
    public void Watch()
    {
        // SIGQUIT ends a process immediately, and would leave the terminal in the toolkit's mode.
        var signals = new SignalWatch(app.Loop is IToolkit { HasTerminal: true } ? [.. ExitSignals, PosixSignal.SIGQUIT] : ExitSignals, OnSignal);
        lock (_gate)
        {
            // An app that another thread has attached may have ended before this.
            if (_state != State.Left)
            {
                _signals = signals;
                _watches = true;
                return;
            }
        }

        signals.Dispose();
    }

    /// <summary>Throws if the caller is the hook, which would wait for itself.</summary>
    public void ThrowInsideTheHook()
    {
        ITaskNode? hook;
        lock (_gate)
        {
            hook = _hook;
        }

        for (ITaskNode? task = AmbientTask.CurrentTask; task is not null && hook is not null; task = task.Node.Parent ?? task.Node.Starter?.Task)
        {
            if (task == hook)
            {
                throw new InvalidOperationException(
                    $"RequestExitAsync was called inside OnExitAsync of '{app.Tasks.Name}', which would wait for itself. Return true to exit, or call Exit().");
            }
        }
    }

    public Task<ExitDecision> RequestAsync(ExitCause cause)
    {
        TaskCompletionSource<ExitDecision> decision;
        lock (_gate)
        {
            if (_state is State.Leaving or State.Left)
            {
                return Task.FromResult(ExitDecision.Leaving);
            }

            if (_state == State.Asking)
            {
                return _decision!.Task;
            }

            _state = State.Asking;
            decision = _decision = new TaskCompletionSource<ExitDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Ask(cause);
        return decision.Task;
    }

    /// <summary>Exits without asking: cancels all tasks, waits for them, ends the loop.</summary>
    public void Leave(ExitCause cause)
    {
        TaskCompletionSource<ExitDecision>? decision;
        lock (_gate)
        {
            if (_state is State.Leaving or State.Left)
            {
                return;
            }

            _state = State.Leaving;
            decision = _decision;
        }

        decision?.TrySetResult(ExitDecision.Leaving);

        // In order with earlier callbacks, so that code that awaits the decision resumes before the tasks are canceled.
        app.Tasks.Tree.DispatchInOrder(_ => Close(cause), null);
    }

    /// <summary>Exits with the owner on another UI thread, for the owner's reason. Before there is a loop, the tasks end immediately.</summary>
    public void LeaveWithOwner(CancelReason reason, TimeSpan? within)
    {
        TaskCompletionSource<ExitDecision>? decision;
        lock (_gate)
        {
            if (_state == State.Left)
            {
                return;
            }

            _state = State.Leaving;
            decision = _decision;
        }

        decision?.TrySetResult(ExitDecision.Leaving);
        QuitAfter(ScopeCloser.CloseAsync(app.Tasks.Node, reason, within));
    }

    /// <summary>The loop ends, by this protocol or without it. Called before its tasks are canceled: a hook that is still asking is
    /// canceled like them, and has neither refused nor failed.</summary>
    public void LoopEnds()
    {
        TaskCompletionSource<ExitDecision>? decision;
        lock (_gate)
        {
            _state = State.Left;
            decision = _decision;
        }

        decision?.TrySetResult(ExitDecision.Leaving);
    }

    /// <summary>All tasks of the loop have been canceled.</summary>
    public void LoopEnded()
    {
        // Does nothing after a close. A host that ended its loop itself may have left a root without work open.
        ScopeCloser.CloseWithTheLoop(app.Tasks.Node);
        CloseReport? report = Report ?? ReportNow();
        lock (_gate)
        {
            Report ??= report;
        }

        _forced?.LoopEnded(app.Loop is IToolkit { HasTerminal: true } ? EndTheOverdueProcess : null);
        _signals?.Dispose();
    }

    /// <summary>Marks the app as failed by an unhandled fault, whatever Main returns. Any thread.</summary>
    public void Fail()
    {
        bool changesTheProcess;
        lock (_gate)
        {
            changesTheProcess = _watches && !_hasFailed && _forced is null;
            _hasFailed = true;
        }

        if (changesTheProcess)
        {
            _processExitCode.Keep(ProcessExitCode.Failed);
        }
    }

    private void Ask(ExitCause cause)
    {
        BackgroundTask<bool> hook = app.Tasks.Run(() => CallHook(cause), new TaskOptions { Name = nameof(app.OnExitAsync), IsSystem = true }, file: null, line: 0);

        // Not by awaiting it: an error of the hook is reported like that of any unobserved task.
        _ = DecideAfterAsync(hook, hook.Node.EndSignal(), cause);
    }

    // Set before its first step, which may request the exit again.
    private Task<bool> CallHook(ExitCause cause)
    {
        lock (_gate)
        {
            _hook = AmbientTask.CurrentTask;
        }

        return app.OnExitAsync(cause);
    }

    private async Task DecideAfterAsync(BackgroundTask<bool> hook, Task ended, ExitCause cause)
    {
        await new LoopWait(app.Tasks.Tree, ended);

        // A start that fails, or the program, closes the root, and cancels the hook with it: nothing can keep the app from exiting.
        bool yes = hook.State == BackgroundTaskState.Succeeded ? ((ITaskResult<bool>)hook).Result : hook.State == BackgroundTaskState.Canceled && app.Tasks.IsClosed;
        if (yes && cause is (ExitCause.Requested or ExitCause.WindowClosed))
        {
            yes = await new LoopWait<bool>(app.Tasks.Tree, AskBeforeClose.AskAsync(app.Tasks.Node, app.Tasks.Name, [app.Tasks.Node], isExit: true));
        }

        TaskCompletionSource<ExitDecision> decision;
        ForcedExit? forced;
        lock (_gate)
        {
            if (_state != State.Asking)
            {
                return;
            }

            decision = _decision!;
            forced = _forced;
            _hook = null;
            if (!yes && forced is null)
            {
                _decision = null;
                _state = State.Living;
            }
        }

        if (yes || forced is not null)
        {
            Leave(forced?.Cause ?? cause);
        }
        else
        {
            decision.SetResult(DecisionOfNo(hook));
        }
    }

    // A canceled hook has not refused, so its fault tells why the app stays.
    private static ExitDecision DecisionOfNo(BackgroundTask<bool> hook)
    {
        if (hook.State == BackgroundTaskState.Succeeded)
        {
            return ExitDecision.Refused;
        }

        if (hook.State == BackgroundTaskState.Canceled)
        {
            ((ITaskNode)hook).ReportFault(hook.Node.ErrorForAwaiters!);
        }

        return ExitDecision.HookFailed;
    }

    private void Close(ExitCause cause) =>
        QuitAfter(ScopeCloser.CloseAsync(app.Tasks.Node, NewReason(cause), _forced?.TimeForTasks()));

    // Not async: its state machine would be compiled in the middle of each exit.
    private void QuitAfter(Task<CloseReport> close)
    {
        var closed = new LoopWait<CloseReport>(app.Tasks.Tree, close);
        closed.OnCompleted(() => Quit(closed.GetResult()));
    }

    private void Quit(CloseReport report)
    {
        lock (_gate)
        {
            Report = report;
        }

        if (app.Loop is { } loop)
        {
            loop.EnqueueOrPool(static loop => ((IToolkit)loop!).Quit(), loop);
        }
    }

    private void OnSignal(PosixSignal signal)
    {
        if (signal == PosixSignal.SIGQUIT)
        {
            Environment.Exit(_forced?.ExitCode ?? ForcedExit.CodeOf(signal));
        }

        bool isSecond;
        lock (_gate)
        {
            isSecond = _forced is not null;
            _forced ??= new ForcedExit(signal, app.ForcedExitLimit, EndTheProcess);
        }

        if (isSecond)
        {
            if (signal == PosixSignal.SIGINT)
            {
                Environment.Exit(_forced.ExitCode);
            }

            return;
        }

        _processExitCode.Keep(_forced.ExitCode);
        _forced.Begin(() => LeaveForced(_forced));
        RequestAsync(_forced.Cause);
    }

    // The hook has used up its half of the time. A close that runs already gets the limit of the signal.
    private void LeaveForced(ForcedExit forced)
    {
        Leave(forced.Cause);
        if (app.Tasks.Node.Closing is not null)
        {
            Close(forced.Cause);
        }
    }

    // The UI thread has not come back within the limit. Nothing here may wait for it.
    private void EndTheProcess(ForcedExit forced)
    {
        LastResort.SayBeforeTheEnd(() =>
        {
            LastResort.WriteLine(
                app.Loop,
                $"The UI thread did not come back within {forced.LimitText} of {forced.Name}; the process ends without it.");
            LastResort.WriteLine(app.Loop, ReportWithoutTheLoop(forced).ToString());
        });
        Environment.Exit(forced.ExitCode);
    }

    // All tasks have ended or were given up, but the program has not: its toolkit may be waiting for a terminal that is gone.
    private void EndTheOverdueProcess(ForcedExit forced)
    {
        LastResort.SayBeforeTheEnd(() => LastResort.WriteLine(
            app.Loop,
            $"The program did not end within {forced.LimitText} after its loop; {forced.Name} ends the process."));
        Environment.Exit(forced.ExitCode);
    }

    // The close may still be waiting in the queue of the UI thread.
    private CloseReport ReportWithoutTheLoop(ForcedExit forced)
    {
        if (ReportNow() is { } begun)
        {
            return begun;
        }

        _ = ScopeCloser.CloseAsync(app.Tasks.Node, NewReason(forced.Cause), TimeSpan.Zero);
        return ReportNow()!;
    }

    // Null while no close has begun.
    private CloseReport? ReportNow() => app.Tasks.Node.Closing is { } closing ? ScopeClose.Report(closing) : null;

    private CancelReason NewReason(ExitCause cause) =>
        app.Tasks.Tree.NewReason(WhoAsked(cause), $"'{app.Tasks.Name}' leaves ({WhoAsked(cause)}).");

    private string WhoAsked(ExitCause cause) => cause switch
    {
        ExitCause.Requested => "the app's exit",
        ExitCause.WindowClosed => "the last window",
        _ => _forced?.Name ?? cause.ToString(),
    };

    private enum State
    {
        Living,
        Asking,
        Leaving,
        Left,
    }
}
