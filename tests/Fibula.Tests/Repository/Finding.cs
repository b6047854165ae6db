namespace Fibula.Tests.Repository;

/// <summary>Fails with every finding written out: xunit would shorten them.</summary>
internal static class Finding
{
    public static void None(IEnumerable<string> findings, string rule = "These break the rule that the test is named after.")
    {
        string[] all = [.. findings];

        Assert.True(all.Length == 0, $"{rule}\n{string.Join("\n", all)}");
    }
}
