namespace Fibula.Diagnostics;

/// <summary>Snapshots of a scope.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WatchExampleTests.cs#snapshot">
/// private static void Write(ScopeSnapshot scope, TextWriter log)      // Write(app.Tasks.Snapshot(), log)
/// {
///     foreach (TaskSnapshot task in scope.Tasks)
///     {
///         log.WriteLine($"{task.ScopeName}: {task.Name}, {task.State}, waits for {task.WaitsFor}");
///     }
///
///     foreach (ScopeSnapshot window in scope.Children)
///     {
///         Write(window, log);
///     }
/// }
/// </code>
/// </example>
public static class SnapshotExtensions
{
    /// <summary>Returns what lives now: the scopes that have work, and their tasks. Any thread.</summary>
    /// <param name="scope">The scope, with those in it.</param>
    /// <returns>A copy that does not change any more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    public static ScopeSnapshot Snapshot(this TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // Each hold of the gate reads a few tasks: tasks that end before their turn are missing, and tasks that move are listed where they were first seen.
        TaskTree tree = scope.Tree;
        TaskWalk walk = tree.BeginWalk(scope.Node, out ScopeNode[] scopes);
        Dictionary<ScopeNode, List<TaskSnapshot>> tasksOf = scopes.ToDictionary(static scope => scope, static _ => new List<TaskSnapshot>());
        var seen = new HashSet<int>();
        long now = tree.Now();
        var rows = new List<(ScopeNode Scope, TaskFacts Facts)>();
        while (tree.ReadBatch(walk, now, rows))
        {
            foreach ((ScopeNode home, TaskFacts facts) in rows)
            {
                if (tasksOf.TryGetValue(home, out List<TaskSnapshot>? tasks) && seen.Add(facts.Task.Node.Id))
                {
                    tasks.Add(new TaskSnapshot(facts));
                }
            }
        }

        // Each scope comes after its parent, whose list it is added to.
        var childrenOf = new Dictionary<ScopeNode, List<ScopeSnapshot>>();
        ScopeSnapshot? top = null;
        foreach (ScopeNode node in scopes)
        {
            List<ScopeSnapshot> children = childrenOf[node] = [];
            var snapshot = new ScopeSnapshot(node.Name, tasksOf[node], children);
            top ??= snapshot;
            if (node != scope.Node)
            {
                childrenOf[node.Parent!].Add(snapshot);
            }
        }

        return top!;
    }
}
