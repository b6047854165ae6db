namespace Workbench;

public sealed class MovePlansTests
{
    private readonly MovePlans _plans = new();

    [Fact]
    public void Begin_OfAFileThatAnotherPlanKeepsUnderAnotherPath_LeavesIt()
    {
        using MovePlan first = _plans.Begin([Keep("/data/a", "/data/b")]);
        using MovePlan second = _plans.Begin([Keep("/link/c", "/link/a")]);

        Assert.Equal(["'/link/a' was not moved: it is to stay, by another tab that moves the files equal to it."], second.Refused);
        Assert.Empty(second.Moves);
    }

    [Fact]
    public void Begin_OfAGroupWhoseKeptFileAnotherPlanMoves_LeavesAllOfIt()
    {
        using MovePlan first = _plans.Begin([Keep("/data/a", "/data/b")]);
        using MovePlan second = _plans.Begin([Keep("/link/b", "/link/c", "/link/d"), Keep("/data/x", "/data/y")]);

        Assert.Equal(
            ["/link/c", "/link/d"],
            second.Refused.Select(sentence => sentence.Split('\'')[1]));
        Assert.Equal("/data/x", Assert.Single(second.Moves).Kept.Path);
    }

    [Fact]
    public void Begin_AfterTheOtherPlanIsDone_RefusesNothing()
    {
        _plans.Begin([Keep("/data/a", "/data/b")]).Dispose();
        using MovePlan second = _plans.Begin([Keep("/data/c", "/data/a")]);

        Assert.Empty(second.Refused);
        Assert.Single(second.Moves);
    }

    // The last letter is the file's identity.
    private static DuplicateChoice Keep(string kept, params string[] others) => new(
        new DuplicateGroup(1, others.Prepend(kept).Select(path => new DuplicateFile(path, new FileFacts(FileKind.File, 1, 0, new FileIdentity(1, path[^1]))))),
        kept);
}
