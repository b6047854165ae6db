namespace Fibula;

/// <summary>
/// The process-wide list of the loops that have an app and have not ended, to find the one of the calling code. It holds none of them: a loop
/// that nobody ends, and that its host has let go of, disappears from it.
/// </summary>
internal static class LoopsWithApp
{
    // Guards writing. The array itself is never changed, so that readers need no lock.
    private static readonly Lock Gate = new();
    private static volatile WeakReference<UiLoop>[] _loops = [];

    public static void Add(UiLoop loop)
    {
        lock (Gate)
        {
            _loops = [.. _loops.Where(static known => known.TryGetTarget(out _)), new WeakReference<UiLoop>(loop)];
        }
    }

    public static void Remove(UiLoop loop)
    {
        lock (Gate)
        {
            _loops = [.. _loops.Where(known => known.TryGetTarget(out UiLoop? other) && other != loop)];
        }
    }

    /// <summary>Those of one kind, the one that got its app last first.</summary>
    public static IEnumerable<TLoop> OfType<TLoop>()
        where TLoop : UiLoop
    {
        WeakReference<UiLoop>[] loops = _loops;
        for (int i = loops.Length - 1; i >= 0; i--)
        {
            if (loops[i].TryGetTarget(out UiLoop? known) && known is TLoop { HasEnded: false } loop)
            {
                yield return loop;
            }
        }
    }

    /// <summary>The app whose UI thread the calling code is on; of several on one thread, the one that got its app last. Null elsewhere.</summary>
    public static UiApp? AppOfThisThread()
    {
        WeakReference<UiLoop>[] loops = _loops;
        for (int i = loops.Length - 1; i >= 0; i--)
        {
            if (loops[i].TryGetTarget(out UiLoop? loop) && loop.IsRunning && loop.CheckAccess())
            {
                return loop.App;
            }
        }

        return null;
    }

    /// <summary>The app that runs, if it is the only one but for those joined to others: whoever is on none of its threads can mean no other.</summary>
    public static UiApp? OnlyApp()
    {
        UiApp? only = null;
        foreach (WeakReference<UiLoop> known in _loops)
        {
            if (known.TryGetTarget(out UiLoop? loop) && loop is { IsRunning: true, App.Tasks.Tree.Joined: null })
            {
                if (only is not null)
                {
                    return null;
                }

                only = loop.App;
            }
        }

        return only;
    }
}
