namespace Workbench;

/// <summary>Collects the files of a candidate group as their contents get hashed.</summary>
internal sealed class HashingGroup(CandidateGroup candidates)
{
    // Guards the two below.
    private readonly Lock _gate = new();
    private readonly List<FoundFile> _hashed = [];
    private int _unfinished = candidates.Files.Count;

    /// <summary>Called once for each file, with null if it was skipped. Answers with all hashed files the last time, else with null.</summary>
    public IReadOnlyList<FoundFile>? Finish(FoundFile? hashed)
    {
        lock (_gate)
        {
            if (hashed is not null)
            {
                _hashed.Add(hashed);
            }

            return --_unfinished == 0 ? _hashed : null;
        }
    }
}
