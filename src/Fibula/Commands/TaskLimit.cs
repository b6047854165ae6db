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
    // Guards the lists. Commands and tasks are told outside it. A task's state is read here without its tree's gate: when it changes we are told, and look again.
    private readonly Lock _gate = new();
    private readonly List<CommandRun> _runs = [];
    private readonly List<WeakReference<TaskCommandBase>> _commands = [];

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
            _commands.RemoveAll(static known => !known.TryGetTarget(out _));
            _commands.Add(new WeakReference<TaskCommandBase>(command));
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
            return (_runs.Count(run => run.Command == command && (run.IsGoing || run.IsCanceling)), _runs.Count(run => run.Command == command && run.IsWaiting));
        }
    }

    /// <summary>All runs of a command, those that wait too.</summary>
    internal CommandRun[] RunsOf(TaskCommandBase command)
    {
        lock (_gate)
        {
            return [.. _runs.Where(run => run.Command == command)];
        }
    }

    /// <summary>Takes a run in, unless the policy or the scope refuses it. That happens in one step: from then on anybody may tell it. The tree's gate is taken
    /// under ours here, and never the other way round.</summary>
    /// <returns>What was decided, and the earlier runs that are to be told.</returns>
    internal (CommandEntry Entry, CommandRun[] ToCancel) Enter(CommandRun run)
    {
        lock (_gate)
        {
            // Looked at here, where its end would take it out: one that has ended is never taken in.
            CommandDecision decision = Decide(run.Command);
            if (run.Task.IsCompleted || decision.Entry == CommandEntry.Refuse || !(run.Task.IsTakenIn || run.Command.Scope.Admit(run.Task, parent: null, beginsNow: false)))
            {
                return (CommandEntry.Refuse, []);
            }

            CommandRun[] own = [.. _runs.Where(other => other.Command == run.Command)];
            CommandRun[] toCancel =
            [
                .. own.Where(static other => other.IsGoing).Take(decision.CancelRunning),
                .. own.Where(static other => other.IsWaiting).Take(decision.CancelQueued),
            ];
            run.HasSlot = decision.Entry == CommandEntry.Start;
            _runs.Add(run);
            return (decision.Entry, toCancel);
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

    internal void OnTold(CommandRun run)
    {
        if (run.Command.Overlap)
        {
            BeginWaiting();
        }

        NotifyCommands();
    }

    internal void OnEnded(CommandRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
        }

        BeginWaiting();
        NotifyCommands();
    }

    internal void NotifyCommands()
    {
        foreach (TaskCommandBase command in Commands())
        {
            command.NotifyChanged();
        }
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
            CommandRun? next = _runs.Find(static run => run.IsWaiting && run.IsReleased);
            if (next is null || InUse(static _ => true) >= Count)
            {
                return null;
            }

            next.HasSlot = true;
            return next;
        }
    }

    private CommandDecision Decide(TaskCommandBase command)
    {
        int others = InUse(run => run.Command != command);
        return CommandDecision.Of(
            command.Policy,
            Math.Max(0, Count - others),
            _runs.Count(run => run.Command == command && run.IsGoing),
            _runs.Count(run => run.Command == command && run.IsCanceling),
            _runs.Count(run => run.Command == command && run.IsWaiting),
            command.Overlap);
    }

    private int InUse(Func<CommandRun, bool> isAskedFor) =>
        _runs.Count(run => (run.IsGoing || (run.IsCanceling && !run.Command.Overlap)) && isAskedFor(run));

    private List<TaskCommandBase> Commands()
    {
        var commands = new List<TaskCommandBase>();
        lock (_gate)
        {
            foreach (WeakReference<TaskCommandBase> known in _commands)
            {
                if (known.TryGetTarget(out TaskCommandBase? command))
                {
                    commands.Add(command);
                }
            }
        }

        return commands;
    }
}
