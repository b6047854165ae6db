namespace Workbench;

/// <summary>Two who know nothing of each other, as two processes do, on the same real files at the same time.</summary>
public sealed class LastCopyRaceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();
    private readonly LinuxFiles _files = new();
    private readonly TrashCan _can;
    private readonly TrashCan _otherCan;

    public LastCopyRaceTests()
    {
        _can = new TrashCan(_data["Trash"], TimeProvider.System);
        _otherCan = new TrashCan(_data["Trash"], TimeProvider.System);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [LinuxFact]
    public void Move_OfTwoWhoKeepEachOthersFile_LeavesOne() => RaceForTheLastCopy(rounds: 200);

    [LinuxFact, Trait("Run", "Long")]
    public void Move_OfTwoWhoKeepEachOthersFile_LeavesOneInEachOfVeryManyRounds() => RaceForTheLastCopy(rounds: 5_000);

    [LinuxFact]
    public void Move_WhileTheKeptFileIsOverwritten_MovesNothingAfterwards() => RaceWithAWriter(rounds: 200);

    [LinuxFact, Trait("Run", "Long")]
    public void Move_WhileTheKeptFileIsOverwritten_MovesNothingAfterwardsInEachOfVeryManyRounds() => RaceWithAWriter(rounds: 2_000);

    private void RaceForTheLastCopy(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            DuplicateFile one = AsScanned(_folder.Write("one", "same"));
            DuplicateFile two = AsScanned(_folder.Write("two", "same"));

            AtTheSameTime(() => TryMove(two, new DuplicateMove(_can, _files, one)), () => TryMove(one, new DuplicateMove(_otherCan, _files, two)));

            Assert.True(File.Exists(one.Path) || File.Exists(two.Path), $"Round {round}: both are in the trash.");
        }
    }

    private void RaceWithAWriter(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            DuplicateFile kept = AsScanned(_folder.Write("many-kept", "same"));
            DuplicateFile[] others = [.. Enumerable.Range(0, 4).Select(number => AsScanned(_folder.Write($"many-{number}", "same")))];
            int leftThen = 0;

            var move = new DuplicateMove(_can, _files, kept);
            AtTheSameTime(
                () => Array.ForEach(others, other => TryMove(other, move)),
                () =>
                {
                    Thread.SpinWait(round % 1000 * 20);
                    File.WriteAllText(kept.Path, "newer");
                    leftThen = others.Count(other => File.Exists(other.Path));
                });

            Assert.True(others.Count(other => File.Exists(other.Path)) >= leftThen, $"Round {round}: moved on after the kept file was overwritten.");
        }
    }

    private static void AtTheSameTime(Action one, Action other)
    {
        using var start = new Barrier(2);
        var thread = new Thread(() =>
        {
            start.SignalAndWait();
            other();
        });
        thread.Start();
        start.SignalAndWait();
        one();
        thread.Join();
    }

    private static void TryMove(DuplicateFile file, DuplicateMove move)
    {
        try
        {
            move.Move(file, CancellationToken.None);
        }
        catch (TrashException)
        {
            // It stays.
        }
    }

    private DuplicateFile AsScanned(string path) => new(path, _files.Look(path));
}
