namespace Fibula;

/// <summary>How many runs of commands may run at the same time. Several commands may share one: then they wait for each other.</summary>
/// <remarks>
/// <para><b>Threads.</b> May be shared between threads and loops.</para>
/// <para>A run counts from its start until it has ended, also while it is <see cref="BackgroundTaskState.Canceling"/>, unless its command has
/// <see cref="TaskCommandBase.Overlap"/>. Of those that wait the longest waiting begins first, whatever its command.</para>
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
    // Guards the lists, those of the commands included. Commands and tasks are told outside it. A run is in one list of its command, and in one of these
    // two, unless it is canceling and its command overlaps.
    private readonly Lock _gate = new();
    private readonly LinkedList<CommandRun> _using = new();
    private readonly LinkedList<CommandRun> _waiting = new();
    private readonly WeakList<TaskCommandBase> _commands = new();

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

    /// <summary>A command has this limit: it hears of changes that concern its state.</summary>
    internal void Add(TaskCommandBase command)
    {
        lock (_gate)
        {
            _commands.Add(command);
        }
    }

    /// <summary>What the policy would say to a run of the command now.</summary>
    internal CommandDecision DecisionFor(TaskCommandBase command)
    {
        lock (_gate)
        {
            return Decide(command);
        }
    }

    internal (int Running, int Queued) CountsOf(TaskCommandBase command)
    {
        lock (_gate)
        {
            return (command.Runs.Going.Count + command.Runs.Canceling.Count, command.Runs.Waiting.Count);
        }
    }

    /// <summary>All runs of a command, those that wait too.</summary>
    internal CommandRun[] RunsOf(TaskCommandBase command)
    {
        lock (_gate)
        {
            return command.Runs.All();
        }
    }

    /// <summary>The runs, as tasks, of which one must end before this one begins; none where it need not wait for any. For a delayed run: what they would be if its time
    /// were over now.</summary>
    internal BackgroundTask[] InTheWayOf(CommandRun run)
    {
        lock (_gate)
        {
            bool isDelayed = run.InCommand.List is null && !run.HasBegun && !run.Task.IsCompleted;
            bool waits = run.InLimit.List == _waiting || (isDelayed && Decide(run.Command).Entry == CommandEntry.Wait);
            return waits && _using.Count >= Count ? [.. _using.Select(static other => other.Task)] : [];
        }
    }

    /// <summary>The command's view has come back: runs that the close of its old scope has given up count no longer.</summary>
    internal void DropLeftBehind(TaskCommandBase command)
    {
        foreach (CommandRun run in RunsOf(command))
        {
            if (run.Task.IsLeftBehind)
            {
                Remove(run);
            }
        }

        BeginWaiting();
    }

    /// <summary>Takes a run in, unless the policy or the scope refuses it. That happens in one step: from then on anybody may tell it. The tree's gate is taken
    /// under ours here, and never the other way round.</summary>
    /// <returns>What was decided, and the earlier runs that are to be told.</returns>
    internal (CommandEntry Entry, CommandRun[] ToCancel) Enter(CommandRun run)
    {
        BackgroundTask task = run.Task;
        BackgroundTask? starter = AmbientTask.CurrentTask;
        while (true)
        {
            Moment now = task.Tree.ReadClock();
            AdmitResult admitted = AdmitResult.Admitted;
            TaskScope nearest = task.Scope;
            CommandDecision decision;
            CommandRun[] toCancel;
            lock (_gate)
            {
                // Looked at here, where its end would take it out: one that has ended is never taken in.
                decision = Decide(run.Command);
                if (task.IsCompleted || decision.Entry == CommandEntry.Refuse)
                {
                    return (CommandEntry.Refuse, []);
                }

                if (!task.IsTakenIn)
                {
                    admitted = task.Scope.TryAdmit(task, parent: null, starter, beginsNow: false, now, out nearest);
                }

                if (admitted == AdmitResult.OtherClock)
                {
                    continue;
                }

                toCancel = admitted is AdmitResult.Admitted or AdmitResult.AdmittedWhileClosing ? List(run, decision) : [];
            }

            bool isIn = TaskScope.CompleteAdmission(task, parent: null, admitted, nearest);
            return (isIn ? decision.Entry : CommandEntry.Refuse, toCancel);
        }
    }

    /// <summary>A run that waits was told of, and may begin.</summary>
    internal void Release(CommandRun run)
    {
        lock (_gate)
        {
            run.IsReleased = true;
        }

        BeginWaiting();
    }

    internal void BecomeCanceling(CommandRun run)
    {
        lock (_gate)
        {
            if (run.InCommand.List != run.Command.Runs.Going)
            {
                return;
            }

            run.Command.Runs.Going.Remove(run.InCommand);
            run.Command.Runs.Canceling.AddLast(run.InCommand);
            if (run.Command.Overlap)
            {
                _using.Remove(run.InLimit);
            }
        }
    }

    internal void OnTold(CommandRun run)
    {
        if (run.Command.Overlap)
        {
            BeginWaiting();
        }

        NotifyCommands();
    }

    internal void Remove(CommandRun run)
    {
        lock (_gate)
        {
            run.InCommand.List?.Remove(run.InCommand);
            run.InLimit.List?.Remove(run.InLimit);
        }
    }

    internal void OnEnded()
    {
        BeginWaiting();
        NotifyCommands();
    }

    internal void NotifyCommands()
    {
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
            // Those that are not released will be in a moment, or have ended: they are few.
            CommandRun? next = _using.Count < Count ? _waiting.FirstOrDefault(static run => run.IsReleased && !run.Task.IsCompleted) : null;
            if (next is not null)
            {
                next.Command.Runs.Waiting.Remove(next.InCommand);
                _waiting.Remove(next.InLimit);
                GiveSlot(next);
            }

            return next;
        }
    }

    // Under the gate. Returns the earlier runs that are to be told.
    private CommandRun[] List(CommandRun run, CommandDecision decision)
    {
        CommandRuns runs = run.Command.Runs;
        CommandRun[] toCancel = [.. runs.Going.Take(decision.CancelRunning), .. runs.Waiting.Take(decision.CancelQueued)];
        if (decision.Entry == CommandEntry.Start)
        {
            GiveSlot(run);
        }
        else
        {
            runs.Waiting.AddLast(run.InCommand);
            _waiting.AddLast(run.InLimit);
        }

        return toCancel;
    }

    // Under the gate. One that was asked to cancel as it came in is not heard of as such again.
    private void GiveSlot(CommandRun run)
    {
        _using.AddLast(run.InLimit);
        run.Command.Runs.Going.AddLast(run.InCommand);
        if (run.Task.IsTold)
        {
            BecomeCanceling(run);
        }
    }

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
