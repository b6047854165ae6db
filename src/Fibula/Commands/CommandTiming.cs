namespace Fibula;

/// <summary>Debounce and throttle of a command: when a new run reaches the policy, and which run it replaces.</summary>
internal sealed class CommandTiming(TaskCommandBase command)
{
    // Free ──a run that must wait──► Delaying ──its time is over, or it has ended──► Free
    //  ▲                                │
    //  │                                ├──a newer one that must wait too: it takes the place──► Delaying
    //  └──a newer one that need not─────┘
    //
    // _gate guards the fields below. Only the latest run waits for its time. Runs are canceled, and reach the policy, outside it; no other
    // lock is taken under it.
    private readonly Lock _gate = new();
    private CommandRun? _delayed;

    // Its time is over, and the policy has not got it yet: a cancellation must find it.
    private CommandRun? _due;
    private string? _replaced;

    // The earliest moment at which the next run may begin, in ticks of the tree's clock.
    private long _nextAt = long.MinValue;

    // The same without the waiting run, which frees its slot if it ends before its time.
    private long _nextWithoutDelayed = long.MinValue;

    /// <summary>Whether the command has a debounce or a throttle.</summary>
    public bool IsNeeded => command.Debounce != TimeSpan.Zero || command.Throttle != TimeSpan.Zero;

    /// <summary>Whether a run waits for its time.</summary>
    public bool IsDelaying
    {
        get
        {
            if (!IsNeeded)
            {
                return false;
            }

            lock (_gate)
            {
                return _delayed is { IsCompleted: false };
            }
        }
    }

    /// <summary>Submits an admitted run to the policy, now or after its delay.</summary>
    public void Submit(CommandRun run)
    {
        TimeSpan delay = TakePlace(run, out CommandRun? replaced);
        replaced?.RequestCancel(ReasonToReplace());
        if (delay == TimeSpan.Zero)
        {
            command.Submit(run);
        }
        else
        {
            run.Delay(delay);
            command.View.NotifyChanged();
        }
    }

    /// <summary>On the UI thread: submits a run whose time is over.</summary>
    public void OnTimeOver(CommandRun run)
    {
        lock (_gate)
        {
            _delayed = _delayed == run ? null : _delayed;
            _due = run;
        }

        command.Submit(run);
        lock (_gate)
        {
            _due = null;
        }
    }

    /// <summary>Removes a run that has ended, perhaps before its time was over.</summary>
    public void Forget(CommandRun run)
    {
        if (!IsNeeded)
        {
            return;
        }

        lock (_gate)
        {
            if (_delayed == run)
            {
                _delayed = null;
                _nextAt = _nextWithoutDelayed;
            }
        }
    }

    /// <summary>Cancels the run that waits for its time.</summary>
    public void Cancel(CancelReason reason)
    {
        CommandRun? delayed;
        CommandRun? due;
        lock (_gate)
        {
            (delayed, due) = (_delayed, _due);
        }

        due?.RequestCancel(reason);
        delayed?.RequestCancel(reason);
    }

    private CancelReason ReasonToReplace()
    {
        string timing = command.Debounce > TimeSpan.Zero ? "debounce" : "throttle";
        return command.Scope.Tree.NewReason($"the {timing} of '{command.Name}'", _replaced ??= $"'{command.Name}' was asked for again within its {timing}.");
    }

    private TimeSpan TakePlace(CommandRun run, out CommandRun? replaced)
    {
        long now = command.Scope.Tree.Now();
        lock (_gate)
        {
            replaced = null;
            TimeSpan delay = command.Debounce;
            if (command.Throttle > TimeSpan.Zero)
            {
                // The one that waits has the next moment already, and gives it away.
                long next = _delayed is null ? _nextAt : _nextWithoutDelayed;
                _nextWithoutDelayed = next;
                delay = TimeSpan.FromTicks(Math.Max(delay.Ticks, Math.Max(next, now) - now));
                _nextAt = now + delay.Ticks + command.Throttle.Ticks;
            }

            if (delay > TimeSpan.Zero || _delayed is not null)
            {
                replaced = _delayed;
                _delayed = delay > TimeSpan.Zero ? run : null;
            }

            return delay;
        }
    }
}
