namespace Workbench;

/// <summary>Which file of a group stays; the others go.</summary>
/// <param name="Group">The group.</param>
/// <param name="Kept">One of its paths.</param>
public sealed record DuplicateChoice(DuplicateGroup Group, string Kept)
{
    /// <summary>How many files go.</summary>
    public int Count => Group.Paths.Count - 1;

    /// <summary>The first of each group stays.</summary>
    public static IReadOnlyList<DuplicateChoice> KeepFirst(IEnumerable<DuplicateGroup> groups) =>
        [.. groups.Select(group => new DuplicateChoice(group, group.Paths[0]))];
}
