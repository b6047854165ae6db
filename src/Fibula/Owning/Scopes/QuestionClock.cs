using System.ComponentModel;

namespace Fibula;

/// <summary>Notifies the views of an open question once a second, so that they update the elapsed times of its tasks.</summary>
internal sealed class QuestionClock : IDisposable
{
    // Idle ──somebody subscribes──► Armed ──a second: told on the UI thread──► Armed
    //  ▲                              │
    //  ├──the last one leaves─────────┘
    //  └──the question is answered or taken back, also while Armed──► Stopped
    //
    // _gate guards the two last fields. Subscribers and the clock are called outside it.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly PropertyChangedEventArgs ElapsedProperty = new(nameof(BackgroundTask.Elapsed));

    private readonly CloseQuestion _question;
    private readonly TaskTree _tree;
    private readonly Alarm _alarm;
    private readonly Lock _gate = new();
    private PropertyChangedEventHandler? _subscribers;
    private bool _isArmed;

    public QuestionClock(CloseQuestion question, TaskTree tree)
    {
        _question = question;
        _tree = tree;
        _alarm = new Alarm(static clock => ((QuestionClock)clock!).PostTick(), this);
        question.CancellationToken.UnsafeRegister(static clock => ((QuestionClock)clock!).Dispose(), this);
    }

    public void Add(PropertyChangedEventHandler? subscriber)
    {
        bool isToArm;
        lock (_gate)
        {
            _subscribers += subscriber;
            isToArm = _subscribers is not null && !_isArmed;
            _isArmed |= isToArm;
        }

        if (isToArm)
        {
            Arm();
        }
    }

    public void Remove(PropertyChangedEventHandler? subscriber)
    {
        lock (_gate)
        {
            _subscribers -= subscriber;
            if (_subscribers is not null)
            {
                return;
            }

            _isArmed = false;
        }

        _alarm.Clear();
        bool isNeeded;
        lock (_gate)
        {
            // A subscriber may have been added in between, and its alarm cleared.
            isNeeded = _isArmed;
        }

        if (isNeeded)
        {
            Arm();
        }
    }

    /// <summary>The question is answered or taken back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _subscribers = null;
        }

        _alarm.Dispose();
    }

    private void Tick()
    {
        PropertyChangedEventHandler? subscribers;
        lock (_gate)
        {
            subscribers = _subscribers;
            _isArmed = subscribers is not null;
        }

        if (subscribers is not null)
        {
            Arm();
        }

        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            Subscriber.Invoke(_tree.Loop, static call => call.subscriber(call._question, ElapsedProperty), (subscriber, _question), nameof(CloseQuestion.Changed));
        }
    }

    // For one second only: where the UI thread is held up, nothing piles up in its queue.
    private void Arm() => _alarm.Set(_tree.TimeProvider, Second);

    private void PostTick() => _tree.DispatchInOrder(static clock => ((QuestionClock)clock!).Tick(), this);
}
