namespace Fibula.Tests.Repository;

/// <summary>Compiled code that documents and examples show: the lines of a file between <c>// docs: name</c> and <c>// docs: end</c>.</summary>
internal static class CodeRegion
{
    /// <summary>The lines without their common indent; without a name those of the whole file.</summary>
    public static string Read(string path, string name)
    {
        string file = SourceTree.Read(path);
        if (name == "")
        {
            return file;
        }

        string[] lines = [.. file.Split('\n').SkipWhile(line => line.Trim() != $"// docs: {name}").Skip(1).TakeWhile(line => line.Trim() != "// docs: end")];
        if (lines.Length == 0)
        {
            throw new InvalidOperationException($"'{path}' has no lines between '// docs: {name}' and '// docs: end'.");
        }

        // A #pragma stands in the first column, wherever the code around it stands.
        int indent = lines.Where(IsIndented).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => $"{(IsIndented(line) ? line[indent..] : line)}\n"));
    }

    /// <summary>Fails where a file shows code that differs from its region; with <c>UPDATE_DOCS=1</c> it is filled in anew instead.</summary>
    public static void Check(IEnumerable<string> paths, Func<string, string> update)
    {
        var stale = paths.Where(path => SourceTree.Read(path) != update(SourceTree.Read(path))).ToList();

        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            stale.ForEach(path => File.WriteAllText(SourceTree.PathOf(path), update(SourceTree.Read(path))));
            return;
        }

        Assert.True(stale.Count == 0, $"The code in {string.Join(", ", stale)} differs from the file it was taken from. Run eng/docs.sh.");
    }

    private static bool IsIndented(string line) => line != "" && line[0] != '#';
}
