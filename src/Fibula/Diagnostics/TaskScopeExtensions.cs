namespace Fibula;

/// <summary>What can be seen of a scope.</summary>
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
public static class TaskScopeExtensions
{
    /// <summary>Returns what lives now: the scopes that have work, and their tasks. Any thread.</summary>
    /// <param name="scope">The scope, with those in it.</param>
    /// <returns>A copy that does not change any more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    public static ScopeSnapshot Snapshot(this TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // Each scope comes after the one around it, into whose list it goes.
        var childrenOf = new Dictionary<TaskScope, List<ScopeSnapshot>>();
        ScopeSnapshot? top = null;
        foreach (ScopeFacts facts in scope.Tree.Read(scope, scope.Tree.Now()))
        {
            List<ScopeSnapshot> children = childrenOf[facts.Scope] = [];
            var snapshot = new ScopeSnapshot(facts.Scope.Name, [.. facts.Tasks.Select(static task => new TaskSnapshot(task))], children);
            top ??= snapshot;
            if (facts.Scope != scope)
            {
                childrenOf[facts.Scope.Parent!].Add(snapshot);
            }
        }

        return top!;
    }
}
