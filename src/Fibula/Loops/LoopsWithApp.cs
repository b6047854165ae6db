using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// The process-wide list of the loops that have an app, to find the one of the calling code or of a view. It holds none of them: a loop
/// that nobody ends, and that its host has let go of, disappears from it.
/// </summary>
internal static class LoopsWithApp
{
    // Guards writing. The arrays themselves are never changed, so that readers need no lock.
    private static readonly Lock Gate = new();

    // Loops with a thread, until they end. A desktop program has one or two.
    private static volatile WeakReference<UiLoop>[] _loops = [];

    // Loops that serve one user among many, by their context and for as long as that lives: there may be thousands, and one whose app has left may
    // still dispatch. The types tell the context of such a user's dispatcher from others, also where no loop is known for it.
    private static readonly ConditionalWeakTable<SynchronizationContext, UiLoop> OfUsers = [];
    private static volatile Type[] _contextsOfUsers = [];

    /// <summary>Whether the process serves several users: code outside their threads may then belong to any of them.</summary>
    public static bool ServeManyUsers => _contextsOfUsers.Length > 0;

    /// <summary>Those that have a thread and have not ended, the one that got its app last first.</summary>
    public static IEnumerable<UiLoop> WithThreads => OfType<UiLoop>();

    public static void Add(UiLoop loop)
    {
        lock (Gate)
        {
            if (loop.ServesAUser)
            {
                AddOfUser(loop);
            }
            else
            {
                _loops = [.. AllBut(loop), new WeakReference<UiLoop>(loop)];
            }
        }
    }

    public static void Remove(UiLoop loop)
    {
        lock (Gate)
        {
            _loops = [.. AllBut(loop)];
        }
    }

    private static void AddOfUser(UiLoop loop)
    {
        OfUsers.AddOrUpdate(loop.Context, loop);
        _contextsOfUsers = [.. _contextsOfUsers.Append(loop.Context.GetType()).Distinct()];
    }

    // Without LINQ, whose assembly a program would load before its first task.
    private static List<WeakReference<UiLoop>> AllBut(UiLoop loop)
    {
        var others = new List<WeakReference<UiLoop>>();
        foreach (WeakReference<UiLoop> known in _loops)
        {
            if (known.TryGetTarget(out UiLoop? other) && other != loop)
            {
                others.Add(known);
            }
        }

        return others;
    }

    /// <summary>Those of one kind that have a thread and have not ended, the one that got its app last first.</summary>
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

    /// <summary>The loop that serves one user among many and has this context.</summary>
    /// <param name="context">The current context.</param>
    /// <param name="isStrangers">True where it is the context of such a user too, but of no known loop.</param>
    public static UiLoop? OfContext(SynchronizationContext context, out bool isStrangers)
    {
        isStrangers = false;
        Type[] contexts = _contextsOfUsers;
        if (contexts.Length == 0)
        {
            return null;
        }

        if (OfUsers.TryGetValue(context, out UiLoop? loop))
        {
            return loop;
        }

        isStrangers = contexts.Contains(context.GetType());
        return null;
    }

    /// <summary>The loop whose thread the calling code is on; of several on one thread, the one that got its app last. Null elsewhere.</summary>
    /// <param name="withThreads">False looks only for loops that have no thread of their own.</param>
    public static UiLoop? OfThisThread(bool withThreads = true)
    {
        WeakReference<UiLoop>[] loops = _loops;
        for (int i = loops.Length - 1; i >= 0; i--)
        {
            if (loops[i].TryGetTarget(out UiLoop? loop) && !loop.HasEnded && (withThreads || !loop.HasThread) && loop.CheckAccess())
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary>Any thread: the loop that a view belongs to.</summary>
    /// <param name="view">Any object.</param>
    /// <param name="loop">The loop; null where the view is a toolkit's, but of none of its loops that are known.</param>
    /// <returns>False if it is no view, or its loop cannot be found from here.</returns>
    public static bool TryFindLoop(object view, out UiLoop? loop)
    {
        foreach (WeakReference<UiLoop> known in _loops)
        {
            if (known.TryGetTarget(out UiLoop? other) && other.TryFindLoopOf(view, out loop))
            {
                return true;
            }
        }

        // One answers for all: they are of one toolkit, and may be thousands.
        if (_contextsOfUsers.Length > 0 && OfUsers.FirstOrDefault().Value is { } any && any.TryFindLoopOf(view, out loop))
        {
            return true;
        }

        loop = null;
        return false;
    }
}
