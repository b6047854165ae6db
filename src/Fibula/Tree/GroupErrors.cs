namespace Fibula;

/// <summary>The errors of a group's children. Guarded by the tree's gate.</summary>
internal sealed class GroupErrors
{
    private readonly List<(int Id, Exception Error)> _errors = [];

    /// <summary>Children were canceled with the group: so the group did not do what it was to do.</summary>
    public bool IsInterrupted { get; set; }

    public void Add(int childId, Exception error) => _errors.Add((childId, error));

    /// <summary>All errors: first the block's own, then the children's in the order they were started. The block may have rethrown a child's error.</summary>
    /// <returns>Null for none.</returns>
    public AggregateException? Together(string name, Exception? ownError)
    {
        Exception[] all = [.. ownError is null ? [] : new[] { ownError }, .. _errors.OrderBy(static failed => failed.Id).Select(static failed => failed.Error)];
        Exception[] each = [.. all.Distinct(ReferenceEqualityComparer.Instance).Cast<Exception>()];
        return each.Length == 0 ? null : new AggregateException($"{each.Length} of '{name}' failed.", each);
    }
}
