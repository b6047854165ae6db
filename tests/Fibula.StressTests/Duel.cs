namespace Fibula.StressTests;

/// <summary>Two threads that do something at the same moment, again and again. They spin for the start, so that they really meet.</summary>
internal sealed class Duel : IDisposable
{
    private readonly Action?[] _actions = new Action?[2];
    private readonly Thread[] _threads;
    private int _waiting;
    private volatile bool _isOver;

    public Duel()
    {
        _threads = [.. Enumerable.Range(0, 2).Select(index => new Thread(() => Fight(index)) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Both have come back.</summary>
    public bool IsDecided => Volatile.Read(ref _actions[0]) is null && Volatile.Read(ref _actions[1]) is null;

    public void Begin(Action one, Action other)
    {
        Volatile.Write(ref _waiting, 2);
        Volatile.Write(ref _actions[0], one);
        Volatile.Write(ref _actions[1], other);
    }

    public void Dispose()
    {
        _isOver = true;
        Races.Join(_threads);
    }

    private void Fight(int index)
    {
        while (!_isOver)
        {
            if (Volatile.Read(ref _actions[index]) is not { } action)
            {
                Thread.Yield();
                continue;
            }

            Interlocked.Decrement(ref _waiting);
            SpinWait.SpinUntil(() => Volatile.Read(ref _waiting) == 0);
            action();
            Volatile.Write(ref _actions[index], null);
        }
    }
}
