namespace Fibula;

/// <summary>A timer that is made outside the gate and kept under it, unless what it was made for is over by then.</summary>
internal struct KeyedTimer
{
    private ITimer? _timer;
    private long _key;

    /// <summary>The present purpose of the timer.</summary>
    public long Key
    {
        readonly get => _key;
        set => Volatile.Write(ref _key, value);
    }

    public readonly long KeyWithoutGate => Volatile.Read(in _key);

    /// <summary>Under the gate: keeps a timer in the place of the last one.</summary>
    /// <returns>The timer that is not needed, to be disposed of outside the gate.</returns>
    public ITimer? Keep(long key, ITimer timer)
    {
        if (key != Key)
        {
            return timer;
        }

        ITimer? last = _timer;
        _timer = timer;
        return last;
    }

    /// <summary>Under the gate: the timer is no longer needed.</summary>
    /// <returns>The timer, to be disposed of outside the gate.</returns>
    public ITimer? Take(long nextKey)
    {
        ITimer? last = _timer;
        _timer = null;
        Key = nextKey;
        return last;
    }
}
