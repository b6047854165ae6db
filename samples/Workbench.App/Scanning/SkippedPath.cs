namespace Workbench;

/// <summary>Something the scan came across and left out.</summary>
public sealed class SkippedPath
{
    internal SkippedPath(string path, SkipReason reason, string why)
    {
        Path = path;
        Reason = reason;
        Why = why;
    }

    /// <summary>Where it is. A name that is not valid UTF-8 shows replacement characters.</summary>
    public string Path { get; }

    /// <summary>The kind of reason, to count by.</summary>
    public SkipReason Reason { get; }

    /// <summary>The reason in a sentence, to show.</summary>
    public string Why { get; }
}
