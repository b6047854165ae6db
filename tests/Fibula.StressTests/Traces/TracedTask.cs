using Fibula.CompilerServices;

namespace Fibula.StressTests.Traces;

/// <summary>What a user sees of one task while two threads act on it.</summary>
internal sealed class TracedTask
{
    private readonly Transitions _transitions = new();
    private readonly Round _round;
    private int _awaiters;
    private int _resumed;
    private int _lateProgress;
    private int _lateFaults;
    private int _faults;
    private CancelReason? _reason;

    public TracedTask(Round round, BackgroundTask task)
    {
        (_round, Task) = (round, task);
        _transitions.Follow(task);
        task.PropertyChanged += (_, e) => _lateProgress += _transitions.IsEndRaised && e.PropertyName == nameof(BackgroundTask.Progress) ? 1 : 0;
    }

    public BackgroundTask Task { get; }

    public int Faults => Volatile.Read(ref _faults);

    /// <summary>The moment at which the first awaiter resumed.</summary>
    public int ResumedAt { get; private set; }

    public bool IsDone => Task.IsCompleted && Volatile.Read(ref _resumed) >= Volatile.Read(ref _awaiters);

    /// <summary>Resumes on the thread on which the task ends, wherever that is.</summary>
    /// <param name="then">What the awaiter does.</param>
    public void AwaitAnywhere(Action? then = null)
    {
        Interlocked.Increment(ref _awaiters);
        BackgroundTaskAwaiter awaiter = Task.ConfigureAwait(false).GetAwaiter();
        if (awaiter.IsCompleted)
        {
            Resume();
        }
        else
        {
            awaiter.UnsafeOnCompleted(Resume);
        }

        void Resume()
        {
            _round.Note(Task.IsCompleted, $"An awaiter of '{Task.Name}' resumed while it was {Task.State}.");
            ResumedAt = ResumedAt > 0 ? ResumedAt : _round.NextMoment();
            then?.Invoke();
            Interlocked.Increment(ref _resumed);
        }
    }

    /// <summary>After a request has returned: the reason that is there stays.</summary>
    public void NoteReason()
    {
        CancelReason? reason = Task.CancelReason;
        CancelReason? first = Interlocked.CompareExchange(ref _reason, reason, null) ?? reason;
        _round.Note(reason == first, $"The reason of '{Task.Name}' was '{first}' and became '{reason}'.");
    }

    public void OnFault()
    {
        _faults++;
        _lateFaults += _transitions.IsEndRaised ? 0 : 1;
    }

    public void AssertKeepsTheRules()
    {
        _transitions.AssertAreAChain($"{Task.Name} of round {_round.Number}");
        Assert.Equal((_round.Number, _awaiters), (_round.Number, _resumed));
        Assert.Equal((_round.Number, 0), (_round.Number, _lateProgress));

        Assert.True(_lateFaults == 0, $"Round {_round.Number}: the fault came before StateChanged.");
        Assert.InRange(_faults, 0, 1);
        Assert.Equal(_reason ?? Task.CancelReason, Task.CancelReason);
    }
}
