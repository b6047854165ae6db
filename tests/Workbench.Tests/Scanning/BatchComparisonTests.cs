namespace Workbench;

/// <summary>Files whose hashes are equal and whose contents are not can't be made to order, so this asks the comparison itself.</summary>
public sealed class BatchComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LinuxFiles _linux = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task RunAsync_EqualHashesAndDifferentContent_TellsThemApart()
    {
        FoundFile reference = Find("a", "same");
        FoundFile equal = Find("b", "same");
        FoundFile different = Find("c", "else");
        var comparison = new BatchComparison(NewRun(), reference, [equal, different]);

        await comparison.RunAsync();

        Assert.Null(comparison.ReferenceLost);
        Assert.Equal([equal], comparison.Equal);
        Assert.Equal([different], comparison.Different);
    }

    [LinuxFact]
    public async Task RunAsync_ReferenceVanished_LeavesTheOthersUndecided()
    {
        FoundFile reference = Find("a", "same");
        FoundFile other = Find("b", "same");
        File.Delete(reference.Path);
        var comparison = new BatchComparison(NewRun(), reference, [other]);

        await comparison.RunAsync();

        Assert.Equal(SkipReason.Vanished, comparison.ReferenceLost?.Reason);
        Assert.Empty(comparison.Equal);
        Assert.Equal([other], comparison.Different);
    }

    [LinuxFact]
    public async Task ConfirmAsync_EqualHashesAndTwoContents_FindsBothGroups()
    {
        FoundFile[] files = [Find("a", "same"), Find("b", "else"), Find("c", "same"), Find("d", "else"), Find("e", "lone")];
        IEnumerable<CandidateGroup> sameSize = CandidateGroup.OfSameSize(files);

        IEnumerable<DuplicateGroup> groups = await new ContentComparison(NewRun()).ConfirmAsync([.. sameSize]);

        Assert.Equal(
            [[files[0].Path, files[2].Path], [files[1].Path, files[3].Path]],
            groups.Select(group => group.Paths).OrderBy(paths => paths[0], StringComparer.Ordinal));
    }

    private FoundFile Find(string name, string content)
    {
        string path = _folder.Write(name, content);
        return new FoundFile(new Folder(_folder.Path, null, default), name, _linux.Look(path));
    }

    private ScanRun NewRun() => new(new ScanOptions(), _linux, null, CancellationToken.None);
}
