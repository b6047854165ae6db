using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Fibula.StressTests.Fuzz;

/// <summary>What one episode has: the objects that calls have returned, for other calls; the tasks and threads that it must see the end of.</summary>
internal sealed class World
{
    private const int MostOfAType = 16;

    private readonly ConcurrentDictionary<Type, List<object>> _objects = new();
    private readonly ConditionalWeakTable<Exception, object> _thrown = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _unblocked = new();
    private readonly ConcurrentBag<CancellationTokenSource> _sources = [];
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly object _usersLock = new();
    private int _budget;

    public World(IReadOnlyList<Member> members, Deck deck, int budget)
    {
        Members = members;
        Deck = deck;
        _budget = budget;
        Stranger = new Thread(static () => { });
    }

    public IReadOnlyList<Member> Members { get; }

    public Deck Deck { get; }

    /// <summary>A thread that is nobody's.</summary>
    public Thread Stranger { get; }

    /// <summary>The thread of the loop on which the episode plays.</summary>
    public Thread UiThread { get; } = Thread.CurrentThread;

    /// <summary>Every handle that was seen.</summary>
    public ConcurrentDictionary<BackgroundTask, bool> Handles { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Every task that a call has returned, with that call.</summary>
    public ConcurrentQueue<(Task Task, Call Call)> Tasks { get; } = new();

    /// <summary>The loops that calls have made; the episode ends them.</summary>
    public ConcurrentQueue<UiLoop> Loops { get; } = new();

    public ConcurrentQueue<UiApp> Apps { get; } = new();

    public ConcurrentQueue<TaskScope> Scopes { get; } = new();

    /// <summary>The app that the episode is about, and what it stands on: not to be ended by the first calls already.</summary>
    public HashSet<object> Main { get; } = [];

    /// <summary>Ends when the episode does: all work of the fuzz ends then.</summary>
    public Task Released => _released.Task;

    public bool IsReleased => _released.Task.IsCompleted;

    /// <summary>Callbacks do what they are told, until all props are there.</summary>
    public bool IsPlaying { get; set; }

    public IEnumerable<Call> LastCalls => _calls;

    public void Release()
    {
        _released.TrySetResult();
        _unblocked.Set();
    }

    public void Dispose()
    {
        foreach (CancellationTokenSource source in _sources)
        {
            source.Dispose();
        }
    }

    public bool TrySpend() => Interlocked.Decrement(ref _budget) >= 0;

    /// <summary>How many calls are left.</summary>
    public int Budget => Volatile.Read(ref _budget);

    public void Note(Call call)
    {
        _calls.Enqueue(call);
        if (_calls.Count > 120)
        {
            _calls.TryDequeue(out _);
        }
    }

    public void Block(TimeSpan time) => _unblocked.Wait(time);

    public void UnderUsersLock(Action action)
    {
        lock (_usersLock)
        {
            action();
        }
    }

    public void Add(object? value)
    {
        switch (value)
        {
            case null or string or Task:
                return;
            case BackgroundTask task:
                Handles.TryAdd(task, true);
                break;
            case UiLoop loop:
                Loops.Enqueue(loop);
                break;
            case UiApp app:
                Apps.Enqueue(app);
                break;
            case TaskScope scope:
                Scopes.Enqueue(scope);
                break;
            case CloseQuestion question:
                AddAll(question.Tasks);
                break;
            case IReadOnlyList<object> list:
                AddAll(list);
                return;
        }

        // The program's own loop runs on the other thread. One that nobody runs would hold what is started on it.
        if (value is EventLoop { HasEnded: false, App: null } || value.GetType().IsPrimitive || value.GetType().IsEnum)
        {
            return;
        }

        List<object> known = _objects.GetOrAdd(value.GetType(), static _ => []);
        lock (known)
        {
            if (known.Count < MostOfAType)
            {
                known.Add(value);
            }
            else if (!known.Contains(value))
            {
                known[(value.GetHashCode() & int.MaxValue) % (MostOfAType / 2) + (MostOfAType / 2)] = value;
            }
        }
    }

    public T? AnyOf<T>(Random random)
        where T : class =>
        (T?)AnyOf(typeof(T), random);

    public object? AnyOf(Type type, Random random)
    {
        List<object>[] lists = [.. _objects.ToArray().OrderBy(pair => pair.Key.FullName, StringComparer.Ordinal).Where(pair => pair.Key.IsAssignableTo(type)).Select(pair => pair.Value)];
        if (lists.Length == 0)
        {
            return null;
        }

        List<object> list = lists[random.Next(lists.Length)];
        lock (list)
        {
            return list.Count == 0 ? null : list[random.Next(list.Count)];
        }
    }

    public List<T> SomeOf<T>(Random random)
        where T : class =>
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => AnyOf<T>(random)).OfType<T>()];

    public CancellationToken NewToken(Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                return new CancellationToken(canceled: true);
            case 1:
                return CancellationToken.None;
            case 2:
                var disposed = new CancellationTokenSource();
                CancellationToken token = disposed.Token;
                disposed.Dispose();
                return token;
            case 3 when _sources.TryPeek(out CancellationTokenSource? known):
                known.CancelAsync();
                return known.Token;
            default:
                var source = new CancellationTokenSource();
                _sources.Add(source);
                return source.Token;
        }
    }

    public Exception NewError(Random random)
    {
        Exception error = random.Next(9) switch
        {
            0 => new FuzzException.Unreadable(),
            1 => new OperationCanceledException(),
            2 => new OperationCanceledException(new CancellationToken(canceled: true)),
            3 when AnyOf<CancelReason>(random) is { } reason => new BackgroundTaskCanceledException("canceled", reason),
            4 => new AggregateException(new FuzzException("one"), new FuzzException("other")),
            5 => new FuzzException(new string('m', 10_000) + "\r\n\u001b[31m\0"),
            _ => new FuzzException("thrown"),
        };
        Keep(error);
        return error;
    }

    /// <summary>Thrown by a callback of this episode, and so free to come out anywhere.</summary>
    public bool IsThrownHere(Exception error) => error is FuzzException || _thrown.TryGetValue(error, out _);

    private void Keep(Exception error) => _thrown.AddOrUpdate(error, this);

    private void AddAll(IEnumerable<object> values)
    {
        foreach (object value in values)
        {
            Add(value);
        }
    }
}
