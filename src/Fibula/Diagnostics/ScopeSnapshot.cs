namespace Fibula.Diagnostics;

/// <summary>A scope as it stood when <see cref="SnapshotExtensions.Snapshot"/> was called. Holds text only.</summary>
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
public sealed class ScopeSnapshot
{
    internal ScopeSnapshot(string name, IReadOnlyList<TaskSnapshot> tasks, IReadOnlyList<ScopeSnapshot> children)
    {
        Name = name;
        Tasks = tasks;
        Children = children;
    }

    /// <summary>The scope's name.</summary>
    public string Name { get; }

    /// <summary>Its live tasks, in the order they were started; for a root also the survivors of closed scopes.</summary>
    public IReadOnlyList<TaskSnapshot> Tasks { get; }

    /// <summary>Its child scopes that have live work.</summary>
    public IReadOnlyList<ScopeSnapshot> Children { get; }
}
