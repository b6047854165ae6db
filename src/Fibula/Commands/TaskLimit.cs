namespace Fibula;

/// <summary>How many runs of commands may run at the same time. Several commands may share one: then they wait for each other.</summary>
/// <remarks>
/// <para><b>Threads.</b> May be shared between threads and loops.</para>
/// <para>A run counts from its start until it has ended, including while it is <see cref="BackgroundTaskState.Canceling"/>, unless its command has
/// <see cref="TaskCommandBase.Overlap"/>. The run that has waited longest begins first, regardless of its command.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CommandExampleTests.cs#limit">
/// var disk = new TaskLimit(2);        // two files at a time, whether they come or go
/// var import = new TaskCommand&lt;string>(this.Tasks, ImportAsync) { Policy = CommandPolicy.Queue, Limit = disk };
/// var export = new TaskCommand&lt;string>(this.Tasks, ExportAsync) { Policy = CommandPolicy.Queue, Limit = disk };
/// </code>
/// </example>
public sealed class TaskLimit
{
    // Guards the lists, also in the commands. Commands and tasks are notified outside it. A run is in one list of its command, and in one of these
    // two, unless it is canceling and its command allows overlaps.
    private readonly Lock _gate = new();
    private readonly IntrusiveList<CommandRun> _using = NewList();
    private readonly IntrusiveList<CommandRun> _waiting = NewList();
    private readonly WeakList<TaskCommandBase> _commands = new();

    // Whether more than one command has used it. Otherwise changes create no list of commands. Also read without the gate.
    private volatile bool _isShared;

    /// <summary>Creates a limit.</summary>
    /// <param name="count">How many may run.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than one.</exception>
    public TaskLimit(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
    }

    /// <summary>How many may run at the same time.</summary>
    public int Count { get; }

    /// <summary>Adds a command that uses this limit, to notify it of changes.</summary>
    internal void Add(TaskCommandBase command)
    {
        lock (_gate)
        {
            _isShared |= !_commands.IsEmpty;
            _commands.Add(command);
        }
    }

    /// <summary>How many runs of the command run and wait, and what its policy would say to another one now.</summary>
    internal CommandStanding StandingOf(TaskCommandBase command)
    {
        if (!_isShared)
        {
            return command.Runs.Standing;
        }

        lock (_gate)
        {
            return StandingNow(command);
        }
    }

    /// <summary>All runs of a command, including the waiting ones.</summary>
    internal CommandRun[] RunsOf(TaskCommandBase command)
    {
        lock (_gate)
        {
            return command.Runs.All();
        }
    }

    /// <summary>The runs of which one must end before this one begins; none if it need not wait. For a delayed run, the runs that would be in the way if its time
    /// were over now.</summary>
    internal ITaskNode[] InTheWayOf(CommandRun run)
    {
        lock (_gate)
        {
            bool isDelayed = run.InCommand.List is null && !run.HasBegun && !run.IsCompleted;
            bool waits = run.InLimit.List == _waiting || (isDelayed && run.Command is { } command && Decide(command).Entry == CommandEntry.Wait);
            return waits && _using.Count >= Count ? UsingNow() : [];
        }
    }

    /// <summary>Removes the survivors of a command whose view was shown again.</summary>
    internal void DropLeftBehind(TaskCommandBase command)
    {
        foreach (CommandRun run in RunsOf(command))
        {
            if (run.Node.IsLeftBehind)
            {
                Remove(run);
            }
        }

        BeginWaiting();
    }

    /// <summary>Admits a run, unless the policy or the scope refuses it. That is one step, since it can be canceled from then on. The tree's gate is taken
    /// under this one, and never the other way round.</summary>
    /// <returns>The decision, and the earlier runs that are to be canceled.</returns>
    internal (CommandEntry Entry, CommandRun[] ToCancel) Enter(TaskCommandBase command, CommandRun run)
    {
        ITaskNode? starter = AmbientTask.CurrentTask;
        while (true)
        {
            Moment now = run.Tree.ReadClock();
            AdmitResult admitted = AdmitResult.Admitted;
            ScopeNode nearest = run.Node.Scope;
            CommandDecision decision;
            CommandRun[] toCancel;
            lock (_gate)
            {
                // Checked under the lock that its end would take too: a run that has ended is never listed.
                decision = Decide(command);
                if (run.IsCompleted || decision.Entry == CommandEntry.Refuse)
                {
                    return (CommandEntry.Refuse, []);
                }

                if (!run.Node.IsTakenIn)
                {
                    admitted = run.Tree.Admit(run, run.Node.Scope, parent: null, starter, beginsNow: false, now, out nearest);
                }

                if (admitted == AdmitResult.OtherClock)
                {
                    continue;
                }

                toCancel = admitted is AdmitResult.Admitted or AdmitResult.AdmittedWhileClosing ? List(command, run, decision) : [];
            }

            bool isIn = TaskLauncher.CompleteAdmission(run, parent: null, admitted, nearest);
            return (isIn ? decision.Entry : CommandEntry.Refuse, toCancel);
        }
    }

    /// <summary>Lets a waiting run begin, after all have been notified of it.</summary>
    internal void Release(CommandRun run)
    {
        lock (_gate)
        {
            run.MayBegin = true;
        }

        BeginWaiting();
    }

    internal void BecomeCanceling(CommandRun run)
    {
        lock (_gate)
        {
            if (run.Command is not { } command || run.InCommand.List != command.Runs.Going)
            {
                return;
            }

            command.Runs.Going.Remove(run);
            command.Runs.Canceling.Add(run);
            if (command.Overlap)
            {
                _using.Remove(run);
            }

            Publish(command);
        }
    }

    /// <summary>Notifies of a run that was asked to cancel.</summary>
    internal void OnCancelRequested(TaskCommandBase command)
    {
        if (command.Overlap)
        {
            BeginWaiting();
        }

        NotifyCommands(command);
    }

    internal void Remove(CommandRun run)
    {
        lock (_gate)
        {
            run.InCommand.List?.Remove(run);
            run.InLimit.List?.Remove(run);
            Publish(run.Command);
        }
    }

    /// <summary>Notifies of a run that has ended.</summary>
    internal void OnEnded(TaskCommandBase command)
    {
        // Read after Remove: a run that is listed later finds the slot free itself, when it is released.
        if (_waiting.Count > 0)
        {
            BeginWaiting();
        }

        NotifyCommands(command);
    }

    /// <summary>Notifies a command whose runs have changed, and the commands that share the limit.</summary>
    /// <param name="changed">The command.</param>
    /// <param name="isNotified">Whether the command itself was notified before.</param>
    internal void NotifyCommands(TaskCommandBase changed, bool isNotified = false)
    {
        if (!_isShared)
        {
            if (!isNotified)
            {
                changed.View.NotifyChanged();
            }

            return;
        }

        List<TaskCommandBase> commands;
        lock (_gate)
        {
            commands = _commands.Now();
        }

        commands.ForEach(static command => command.View.NotifyChanged());
    }

    private void BeginWaiting()
    {
        while (TakeNext() is { } run)
        {
            run.Begin();
        }
    }

    private CommandRun? TakeNext()
    {
        lock (_gate)
        {
            // Those that may not begin yet will do so in a moment, or have ended. They are few.
            CommandRun? next = _using.Count < Count ? _waiting.First : null;
            while (next is not null && (!next.MayBegin || next.IsCompleted))
            {
                next = _waiting.After(next);
            }

            if (next is not null)
            {
                // In a list, it has its command.
                TaskCommandBase command = next.Command!;
                command.Runs.Waiting.Remove(next);
                _waiting.Remove(next);
                GiveSlot(command, next);
                Publish(command);
            }

            return next;
        }
    }

    // Under the gate. Returns the earlier runs that are to be canceled.
    private CommandRun[] List(TaskCommandBase command, CommandRun run, CommandDecision decision)
    {
        CommandRun[] toCancel = command.Runs.Oldest(decision.CancelRunning, decision.CancelQueued);
        if (decision.Entry == CommandEntry.Start)
        {
            GiveSlot(command, run);
        }
        else
        {
            command.Runs.Waiting.Add(run);
            _waiting.Add(run);
        }

        Publish(command);
        return toCancel;
    }

    // Under the gate. There is no further notification for a run that was admitted as canceled.
    private void GiveSlot(TaskCommandBase command, CommandRun run)
    {
        _using.Add(run);
        command.Runs.Going.Add(run);
        if (run.Node.IsCancelRequested)
        {
            BecomeCanceling(run);
        }
    }

    // Under the gate.
    private ITaskNode[] UsingNow()
    {
        var runs = new CommandRun[_using.Count];
        _using.CopyTo(runs, 0, runs.Length);
        return runs;
    }

    private static IntrusiveList<CommandRun> NewList() => new(static run => ref run.InLimit);

    // Under the gate, after each change of the lists, so that most readers need no gate. With a shared limit the answer also depends on other commands.
    private void Publish(TaskCommandBase? command)
    {
        if (!_isShared && command is not null)
        {
            command.Runs.Standing = StandingNow(command);
        }
    }

    // Under the gate.
    private CommandStanding StandingNow(TaskCommandBase command) =>
        new(command.Runs.Going.Count + command.Runs.Canceling.Count, command.Runs.Waiting.Count, Decide(command).Entry);

    private CommandDecision Decide(TaskCommandBase command)
    {
        CommandRuns runs = command.Runs;
        int own = runs.Going.Count + (command.Overlap ? 0 : runs.Canceling.Count);
        return CommandDecision.Of(
            command.Policy,
            Math.Max(0, Count - (_using.Count - own)),
            runs.Going.Count,
            runs.Canceling.Count,
            runs.Waiting.Count,
            command.Overlap);
    }
}
