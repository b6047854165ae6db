namespace Workbench;

public sealed class JdupesComparisonTests
{
    [LinuxFact]
    public async Task RunAsync_UsrShare_FindsWhatJdupesFinds()
    {
        string[][] expected = Jdupes.Find("/usr/share");

        ScanResult result = await new DuplicateScan("/usr/share").RunAsync();

        Assert.NotEmpty(expected);
        ScanAssert.Groups(result, expected);
    }

    [LinuxFact]
    public async Task RunAsync_TreeOfSpecialCases_FindsWhatJdupesFinds()
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        foreach (int number in Enumerable.Range(0, 400))
        {
            byte[] content = new byte[random.Next(0, 6) * 8_000];
            content.AsSpan(content.Length / 2).Fill((byte)random.Next(0, 3));
            string file = folder.Write($"{random.Next(0, 9)}/{random.Next(0, 9)}/{number}", content);
            if (number % 5 == 0)
            {
                Shell.Run("ln", file, folder[$"{(char)random.Next('A', 'z')}{number}"]);
            }
        }

        Shell.Bash("mkfifo pipe; ln -s . loop; ln -s nowhere broken; ln -s 1 link", folder.Path);
        string[][] expected = Jdupes.Find(folder.Path);

        ScanResult result = await new DuplicateScan(folder.Path).RunAsync();

        Assert.NotEmpty(expected);
        ScanAssert.Groups(result, expected);
    }
}
