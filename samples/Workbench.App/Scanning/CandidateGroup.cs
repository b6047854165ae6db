namespace Workbench;

/// <summary>Two or more files of one size that may have equal content, as far as is known.</summary>
internal sealed class CandidateGroup
{
    private CandidateGroup(IReadOnlyList<FoundFile> files)
    {
        Files = files;
    }

    public IReadOnlyList<FoundFile> Files { get; }

    public long Size => Files[0].Facts.Size;

    public long PossibleWaste => Size * (Files.Count - 1);

    public static IEnumerable<CandidateGroup> OfSameSize(IEnumerable<FoundFile> files) =>
        OfTwoOrMore(files.GroupBy(file => file.Facts.Size));

    public static IEnumerable<CandidateGroup> OfSameSizeAndHash(IEnumerable<FoundFile> files) =>
        OfTwoOrMore(files.GroupBy(file => (file.Facts.Size, file.Hash)));


    private static IEnumerable<CandidateGroup> OfTwoOrMore<TKey>(IEnumerable<IGrouping<TKey, FoundFile>> groups) =>
        groups.Select(group => group.ToList()).Where(files => files.Count > 1).Select(files => new CandidateGroup(files));
}
