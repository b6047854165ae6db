using Fibula.CompilerServices;

namespace Fibula.StressTests.Orders;

/// <summary>What a user sees of one task from its start on, and the rules for it that hold in every order.</summary>
internal sealed class FollowedTask
{
    private readonly OrderWorld _world;
    private readonly List<(BackgroundTaskState Old, BackgroundTaskState New)> _raised = [];
    private readonly int[] _awaiters = new int[2];
    private readonly int[] _resumed = new int[2];
    private readonly int[] _firstResumedAt = new int[2];
    private readonly BackgroundTaskState _began;
    private BackgroundTaskState _state;
    private CancelReason? _reason;
    private TimeSpan _elapsed;
    private int _awaitedIn;
    private int _faults;

    public FollowedTask(OrderWorld world, BackgroundTask task)
    {
        _world = world;
        Task = task;
        Home = task.Scope;
        _began = _state = task.State;
        task.StateChanged += (old, now) => world.Guard(() => OnStateChanged(old, now));
        task.PropertyChanged += (_, e) => world.Guard(() => OnPropertyChanged(e.PropertyName));
    }

    public BackgroundTask Task { get; }

    public string Name => Task.Name;

    /// <summary>The task that ends only after this one; null for none.</summary>
    public FollowedTask? Parent { get; set; }

    /// <summary>The scope that counts it: where it was started, or has moved to.</summary>
    public TaskScope Home { get; set; }

    public TaskContext? Context { get; set; }

    /// <summary>Ends the body.</summary>
    public TaskCompletionSource Gate { get; } = new();

    /// <summary>Its group takes its error.</summary>
    public bool IsErrorTaken { get; set; }

    /// <summary>The first awaiter is not one of the test's.</summary>
    public bool IsAwaitedByOwner { get; set; }

    /// <summary>A survivor that was released is listed nowhere.</summary>
    public bool IsReleased { get; set; }

    public bool IsAwaited => _awaitedIn > 0;

    /// <summary>The number of the act in which the body, and the task, were first seen to have ended; 0 for not yet.</summary>
    public int BodyEndedIn { get; private set; }

    public int EndedIn { get; private set; }

    private bool IsEndRaised => _raised is [.., { New: >= BackgroundTaskState.Succeeded }];

    /// <summary>On the loop.</summary>
    public void Await(AwaiterKind kind)
    {
        _awaitedIn = _awaitedIn > 0 ? _awaitedIn : _world.ActNumber;
        _awaiters[(int)kind]++;
        BackgroundTaskAwaiter awaiter = Task.GetAwaiter();
        if (awaiter.IsCompleted)
        {
            _resumed[(int)kind]++;
        }
        else
        {
            awaiter.UnsafeOnCompleted(() => _world.Guard(() => OnResumed(kind)));
        }
    }

    public void OnFault()
    {
        _faults++;
        Rule.Check(_faults == 1, $"The fault of '{Name}' was reported twice.");
        Rule.Check(!IsErrorTaken, $"The fault of '{Name}' was reported, though its owner has taken it.");
        Rule.Check(
            !Task.IsCompleted || IsEndRaised || !IsRaisedHere,
            $"The fault of '{Name}' was reported before its end was raised.");
    }

    /// <summary>After each act: nothing goes back.</summary>
    public void CheckAfterAct()
    {
        BackgroundTaskState state = Task.State;
        Rule.Check(
            state == _state || (state > _state && _state < BackgroundTaskState.Succeeded),
            $"'{Name}' went from {_state} to {state}.");
        Rule.Check(Task.IsCompleted == state >= BackgroundTaskState.Succeeded, $"'{Name}' is {state}, and IsCompleted is {Task.IsCompleted}.");
        TimeSpan elapsed = Task.Elapsed;
        Rule.Check(
            elapsed == _elapsed || (elapsed > _elapsed && _state < BackgroundTaskState.Succeeded),
            $"'{Name}', {state}, was {_elapsed} old and is {elapsed}.");
        CancelReason? reason = Task.CancelReason;
        Rule.Check(
            reason == _reason || (_reason is null && _state < BackgroundTaskState.Succeeded),
            $"The reason of '{Name}' changed from '{_reason}' to '{reason}'.");
        Rule.Check(reason is not null || state is not (BackgroundTaskState.Canceling or BackgroundTaskState.Canceled), $"'{Name}' is {state} without a reason.");
        (_state, _elapsed, _reason) = (state, elapsed, reason);
        if (Gate.Task.IsCompleted && BodyEndedIn == 0)
        {
            BodyEndedIn = _world.ActNumber;
        }

        if (Task.IsCompleted && EndedIn == 0)
        {
            EndedIn = _world.ActNumber;
        }
    }

    /// <summary>When a close of its scope has completed: what the user is to see of the end has been shown.</summary>
    public void CheckShown()
    {
        if (Task.IsCompleted)
        {
            Rule.Check(IsEndRaised, $"The close was over before the end of '{Name}' was raised.");
            Rule.Check(
                _faults == 1 || Task.State != BackgroundTaskState.Faulted || IsAwaited || IsErrorTaken,
                $"The close was over before the fault of '{Name}' was reported.");
        }
    }

    /// <summary>When nothing is left to do.</summary>
    public void CheckAtEnd()
    {
        Rule.Check(Task.IsCompleted, $"'{Name}' never ended: {Task.Explain()}");
        Rule.Check(IsEndRaised || !IsRaisedHere, $"The end of '{Name}' was never raised.");
        foreach (AwaiterKind kind in (ReadOnlySpan<AwaiterKind>)[AwaiterKind.First, AwaiterKind.Further])
        {
            (int awaiters, int resumed) = (_awaiters[(int)kind], _resumed[(int)kind]);
            Rule.Check(awaiters == resumed, $"'{Name}' had {awaiters} awaiters ({kind}), and {resumed} were resumed.");
            CheckParentCameFirst(kind);
        }

        bool mustBeReported = Task.State == BackgroundTaskState.Faulted && !IsAwaited && !IsErrorTaken;
        Rule.Check(_faults == 1 || !mustBeReported, $"Nobody saw the fault of '{Name}'.");
        bool isAwaitedFirst = IsAwaited && _awaitedIn < Math.Min(BodyEndedIn, EndedIn);
        Rule.Check(_faults == 0 || !isAwaitedFirst, $"The fault of '{Name}', which was awaited, was reported too.");
        Rule.Check(_faults == 0 || Task.State == BackgroundTaskState.Faulted, $"A fault of '{Name}' was reported, which is {Task.State}.");
    }

    // Events go to a view, which is gone with its scope.
    private bool IsRaisedHere => Task.Scope == Home && !_world.IsClosed(Home);

    // Where the last child's end ends the parent too, everything of the parent comes before the child's awaiters.
    private void CheckParentCameFirst(AwaiterKind kind)
    {
        if (Parent is { IsAwaitedByOwner: false, BodyEndedIn: > 0 } parent && parent.BodyEndedIn < EndedIn && parent.EndedIn == EndedIn
            && _firstResumedAt[(int)kind] > 0 && parent._firstResumedAt[(int)kind] > 0
            && !_world.Followed.Any(other => other != this && other.Parent == parent && other.EndedIn == EndedIn))
        {
            Rule.Check(
                parent._firstResumedAt[(int)kind] < _firstResumedAt[(int)kind],
                $"'{Name}', whose end ended '{parent.Name}', resumed its awaiter ({kind}) first.");
        }
    }

    private void OnResumed(AwaiterKind kind)
    {
        _resumed[(int)kind]++;
        _firstResumedAt[(int)kind] = _firstResumedAt[(int)kind] > 0 ? _firstResumedAt[(int)kind] : _world.NextMoment();
        Rule.Check(Task.IsCompleted, $"An awaiter of '{Name}' resumed while it was {Task.State}.");
        Rule.Check(
            Parent is not { Gate.Task.IsCompleted: true } parent || parent.Task.IsCompleted || _world.HasOtherChildren(parent, this),
            $"An awaiter of '{Name}' resumed before its parent, which has waited for it alone, had ended.");
    }

    private void OnStateChanged(BackgroundTaskState old, BackgroundTaskState now)
    {
        BackgroundTaskState last = _raised is [.., var before] ? before.New : _began;
        Rule.Check(old == last && now > old, $"'{Name}' raised {old} to {now} after {last}.");
        Rule.Check(now <= Task.State, $"'{Name}' raised {now}, and is {Task.State}.");
        Rule.Check(now < BackgroundTaskState.Succeeded || now == Task.State, $"'{Name}' raised {now}, and is {Task.State}.");
        _raised.Add((old, now));
    }

    private void OnPropertyChanged(string? property)
    {
        if (property == nameof(BackgroundTask.Progress))
        {
            Rule.Check(!IsEndRaised, $"Progress of '{Name}' was raised after its end.");
        }
    }
}
