using System.ComponentModel;

namespace Fibula;

/// <summary>Tells those who show a question that a second has passed: the time of its tasks moves also while they report nothing.</summary>
internal sealed class QuestionClock : IDisposable
{
    // Idle ──somebody subscribes──► Armed ──a second: told on the UI thread──► Armed
    //  ▲                              │
    //  ├──────the last one leaves─────┘
    //  └──the question is answered or taken back, also while Armed──► Stopped
    //
    // _gate guards the fields below. Subscribers are called outside it.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly PropertyChangedEventArgs ElapsedProperty = new(nameof(BackgroundTask.Elapsed));

    private readonly CloseQuestion _question;
    private readonly ScopeTree _tree;
    private readonly Lock _gate = new();
    private PropertyChangedEventHandler? _subscribers;
    private ITimer? _timer;
    private bool _isStopped;

    public QuestionClock(CloseQuestion question, ScopeTree tree)
    {
        _question = question;
        _tree = tree;
        question.CancellationToken.UnsafeRegister(static clock => ((QuestionClock)clock!).Dispose(), this);
    }

    public void Add(PropertyChangedEventHandler? subscriber)
    {
        lock (_gate)
        {
            bool isFirst = _subscribers is null;
            _subscribers += subscriber;
            if (isFirst && _subscribers is not null)
            {
                Arm();
            }
        }
    }

    public void Remove(PropertyChangedEventHandler? subscriber)
    {
        lock (_gate)
        {
            _subscribers -= subscriber;
            if (_subscribers is null)
            {
                _timer?.Dispose();
            }
        }
    }

    /// <summary>The question is answered or taken back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            _timer?.Dispose();
        }
    }

    private void Tick()
    {
        PropertyChangedEventHandler? subscribers;
        lock (_gate)
        {
            subscribers = _isStopped ? null : _subscribers;
            if (subscribers is not null)
            {
                Arm();
            }
        }

        foreach (PropertyChangedEventHandler subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            Subscriber.Invoke(_tree.Loop, static call => call.subscriber(call._question, ElapsedProperty), (subscriber, _question), nameof(CloseQuestion.Changed));
        }
    }

    // Under the gate. For one second only: where the UI thread is held up, nothing piles up in its queue.
    private void Arm()
    {
        _timer?.Dispose();
        if (!_isStopped)
        {
            _timer = _tree.TimeProvider.CreateTimer(static clock => ((QuestionClock)clock!).PostTick(), this, Second, Timeout.InfiniteTimeSpan);
        }
    }

    private void PostTick() => _tree.DispatchInOrder(static clock => ((QuestionClock)clock!).Tick(), this);
}
