namespace Fibula;

/// <content>Parts of a task's work that are tasks themselves: shields and groups; and the deadline.</content>
public partial class BackgroundTask
{
    // A shield is a child that its parent does not tell. A group is a child whose own children tell it, and through it each other, when one of them fails;
    // their errors are then the group's, which is decided under the gate, at the end of each child and of the group.

    /// <summary>The close of a scope has come to its deadline with this task: what is shielded is told too.</summary>
    internal bool AreShieldsCut { get; set; }

    /// <summary>The task is inside a shield that still holds.</summary>
    internal bool IsShielded
    {
        get
        {
            BackgroundTask? shield = _relations?.Shield;
            while (shield is { IsTold: true })
            {
                shield = shield.Parent?._relations?.Shield;
            }

            return shield is not null;
        }
    }

    /// <summary>Under the gate: it was told, its own work has not ended, and nobody has heard of it yet.</summary>
    internal bool MayBecomeUnresponsive => _state == BackgroundTaskState.Canceling && !_isBodyEnded && !IsUnresponsive;

    /// <summary>It was told of as unresponsive.</summary>
    internal bool IsUnresponsive
    {
        get => _relations is { IsUnresponsive: true };
        set => (_relations ??= new TaskRelations()).IsUnresponsive = value;
    }

    /// <summary>The nearest shield around the task, which may be the task itself.</summary>
    internal BackgroundTask? Shield => _relations?.Shield;

    internal bool IsGroup => _relations is { Group: not null };

    internal bool IsBlock => _relations is { IsBlock: true };

    /// <summary>Before a scope takes it in.</summary>
    internal void BecomeBlock(bool isGroup)
    {
        _relations ??= new TaskRelations();
        _relations.IsShield = !isGroup;
        _relations.Group = isGroup ? new GroupErrors() : null;
    }

    /// <summary>The close waits for it, however long it takes.</summary>
    internal void BecomeFinish() => _relations!.OnClose = ClosePolicy.Finish(Timeout.InfiniteTimeSpan);

    /// <summary>The first step: from now on the time counts. A deadline of zero is over before it.</summary>
    private void BeginDeadline()
    {
        if (_relations is not { Deadline: { } deadline } || deadline == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        if (deadline == TimeSpan.Zero)
        {
            TellOfDeadline();
            return;
        }

        ITimer timer = LongTimer.Create(Tree.TimeProvider, static task => ((BackgroundTask)task!).TellOfDeadline(), this, deadline);
        if (!Tree.TryKeep(this, deadline: timer))
        {
            timer.Dispose();
        }
    }

    /// <summary>Under the gate: keeps what is to be let go of at the end.</summary>
    /// <param name="deadline">The timer of the deadline; null for none.</param>
    /// <param name="caller">What listens to the caller's token.</param>
    /// <returns>False where the task has ended.</returns>
    internal bool KeepUnderGate(ITimer? deadline, CancellationTokenRegistration caller)
    {
        Tree.AssertHeld();
        if (IsCompleted)
        {
            return false;
        }

        _relations!.DeadlineTimer = deadline ?? _relations.DeadlineTimer;
        _relations.CallersRegistration = caller == default ? _relations.CallersRegistration : caller;
        return true;
    }

    private void TellOfDeadline() =>
        Tell(Tree.NewReason($"the deadline of '{Name}'", $"'{Name}' was not done within {_relations!.Deadline}."));

    /// <summary>A child of a group has failed, or was stopped by a token of its own: the block and the other children end too.</summary>
    internal void EndGroup(BackgroundTask child) =>
        Tell(child.IsStoppedByOwnToken ? child.CancelReason! : child.FailureReason(child._error!));

    internal CancelReason FailureReason(Exception error) => Tree.NewReason($"'{Name}'", $"'{Name}' failed: {ErrorText.SentenceOf(error)}");

    /// <summary>Under the gate, at the end of a child: its error is the group's from here on.</summary>
    private void TakeErrorOf(BackgroundTask child)
    {
        Tree.AssertHeld();
        if (_relations is not { Group: { } group } || child._relations!.IsStarting)
        {
            return;
        }

        if (child._state == BackgroundTaskState.Faulted)
        {
            child.MarkObserved();
            group.Add(child, child._error!);
        }

        group.IsInterrupted |= child._state == BackgroundTaskState.Canceled && (IsTold || child.IsStoppedByOwnToken);
    }

    /// <summary>Under the gate, at the end of a group: real errors come before a cancellation.</summary>
    private void JudgeGroup()
    {
        Tree.AssertHeld();
        if (_relations is not { Group: { } group })
        {
            return;
        }

        if (group.Together(Name, _outcome == BackgroundTaskState.Faulted ? _error : null) is { } errors)
        {
            _outcome = BackgroundTaskState.Faulted;
            _error = errors;
        }
        else if (group.IsInterrupted && IsTold)
        {
            _outcome = BackgroundTaskState.Canceled;
        }
    }
}
