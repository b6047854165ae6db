namespace Fibula;

/// <summary>
/// The process-wide registry of roots that have live work: what holds a task whose program holds nothing. With <see cref="LoopsWithApp"/> the only
/// static mutable state of the library.
/// </summary>
internal static class LiveRoots
{
    private const int MostNames = 20;

    // Guards the fields below. Taken under a tree's gate, never the other way round.
    private static readonly Lock Gate = new();
    private static readonly HashSet<TaskTree> Roots = [];

    // Survivors that nothing holds, to name those that still live when the process ends.
    private static readonly WeakList<ITaskNode> Released = new();

    // Stryker disable all : runs while the process ends, where only the tests that start processes see it, and they are no part of a mutation run
    static LiveRoots()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => LastResort.SayBeforeTheEnd(NameWhatStillRuns);
        AppDomain.CurrentDomain.UnhandledException += static (_, e) =>
        {
            if (e.IsTerminating)
            {
                LastResort.SayBeforeTheEnd(NameWhatStillRuns);
            }
        };
    }

    // Stryker restore all

    public static void Add(TaskTree root)
    {
        lock (Gate)
        {
            Roots.Add(root);
        }
    }

    public static void Remove(TaskTree root)
    {
        lock (Gate)
        {
            Roots.Remove(root);
        }
    }

    public static void AddReleased(ITaskNode survivor)
    {
        lock (Gate)
        {
            Released.Add(survivor);
        }
    }

    public static TaskTree[] Now()
    {
        lock (Gate)
        {
            // Not [.. Roots], which would load System.Linq into each process.
            var now = new TaskTree[Roots.Count];
            Roots.CopyTo(now);
            return now;
        }
    }

    // Stryker disable all : runs while the process ends, where only the tests that start processes see it, and they are no part of a mutation run

    // The process is leaving and nothing may hold it: no gate of a tree is waited for without end, and each root is named once.
    private static void NameWhatStillRuns()
    {
        foreach (TaskTree root in Now())
        {
            Remove(root);
            if (root.NamesAtExit() is { Length: > 0 } names)
            {
                Name(root.Loop, names);
            }
        }

        if (TakeReleased() is { Count: > 0 } released)
        {
            NameReleased(released);
        }
    }

    // A method of its own, since most processes end without loading System.Linq.
    private static void NameReleased(List<ITaskNode> released)
    {
        foreach (IGrouping<UiLoop?, ITaskNode> survivors in released.GroupBy(static task => task.Tree.Loop))
        {
            Name(survivors.Key, [.. survivors.Select(static task => $"'{task.Node.Name}'")]);
        }
    }

    private static List<ITaskNode> TakeReleased()
    {
        lock (Gate)
        {
            List<ITaskNode> living = Released.Now();
            Released.Clear();
            return living.FindAll(static task => !task.Node.IsCompleted);
        }
    }

    private static void Name(UiLoop? loop, string[] names) =>
        LastResort.WriteLine(loop, $"The process ends while {names.Length} {(names.Length == 1 ? "task" : "tasks")} still ran: {Listed(names)}.");

    private static string Listed(string[] names)
    {
        string more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : string.Empty;
        return string.Join(", ", names.Take(MostNames)) + more;
    }
}
