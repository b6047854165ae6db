namespace Fibula;

/// <summary>Objects that are known and not held. Those that are gone are forgotten from time to time, at no cost per addition. Guarded by its owner.</summary>
/// <typeparam name="T">Their type.</typeparam>
internal sealed class WeakList<T>
    where T : class
{
    private const int FewestToPrune = 16;

    private readonly List<WeakReference<T>> _known = [];
    private int _pruneAt = FewestToPrune;

    /// <summary>True where nothing was ever added. Those that are gone may still count.</summary>
    public bool IsEmpty => _known.Count == 0;

    public void Add(T item)
    {
        _known.Add(new WeakReference<T>(item));
        if (_known.Count >= _pruneAt)
        {
            _known.RemoveAll(static known => !known.TryGetTarget(out _));
            _pruneAt = Math.Max(FewestToPrune, _known.Count * 2);
        }
    }

    /// <summary>Those that are alive, in order.</summary>
    public List<T> Now()
    {
        var now = new List<T>();
        foreach (WeakReference<T> known in _known)
        {
            if (known.TryGetTarget(out T? item))
            {
                now.Add(item);
            }
        }

        return now;
    }

    public void Clear() => _known.Clear();
}
