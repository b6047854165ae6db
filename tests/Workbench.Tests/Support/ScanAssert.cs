namespace Workbench;

internal static class ScanAssert
{
    public static void Groups(ScanResult result, params string[][] expected) =>
        Assert.Equal(expected, result.Groups.Select(group => group.Paths));

    public static SkippedPath Skips(ScanResult result, string path, SkipReason reason)
    {
        SkippedPath skipped = Assert.Single(result.Skipped, skipped => skipped.Path == path);
        Assert.Equal(reason, skipped.Reason);
        return skipped;
    }
}
