namespace Workbench;

/// <summary>Which files stay and which go, by one task.</summary>
internal sealed class MovePlan(MovePlans plans) : IDisposable
{
    private readonly HashSet<object> _kept = [];
    private readonly HashSet<object> _going = [];

    /// <summary>What is to be moved: for each group the file that stays, and those that go.</summary>
    public List<(DuplicateFile Kept, List<DuplicateFile> Going)> Moves { get; } = [];

    /// <summary>Why the other files are not moved, a sentence for each.</summary>
    public List<string> Refused { get; } = [];

    public void Add(DuplicateChoice choice, IReadOnlyList<MovePlan> earlier)
    {
        DuplicateFile kept = choice.Group.Files.Single(file => file.Path == choice.Kept);
        bool isKeptGoing = earlier.Any(plan => plan._going.Contains(KeyOf(kept)));
        var going = new List<DuplicateFile>();
        foreach (DuplicateFile file in choice.Group.Files.Where(file => file.Path != choice.Kept))
        {
            if (isKeptGoing)
            {
                Refused.Add($"'{file.Path}' was not moved: '{kept.Path}', which was to stay, is being moved to the trash by another tab.");
            }
            else if (earlier.Any(plan => plan._kept.Contains(KeyOf(file))))
            {
                Refused.Add($"'{file.Path}' was not moved: it is to stay, by another tab that moves the files equal to it.");
            }
            else
            {
                going.Add(file);
                _going.Add(KeyOf(file));
            }
        }

        if (going.Count > 0)
        {
            Moves.Add((kept, going));
            _kept.Add(KeyOf(kept));
        }
    }

    public void Dispose() => plans.End(this);

    // The same file may have another path in another tab.
    private static object KeyOf(DuplicateFile file) => file.Facts.Identity.IsKnown ? file.Facts.Identity : file.Path;
}
