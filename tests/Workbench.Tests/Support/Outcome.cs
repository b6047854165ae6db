namespace Workbench;

/// <summary>How a run of the program ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public string LastError => Errors.TrimEnd('\n').Split('\n')[^1];
}
