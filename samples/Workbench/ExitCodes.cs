namespace Workbench;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>That of a signal first: who asks for the end is told that it came.</summary>
    public static int Of(WorkbenchApp app, bool isShown) =>
        app.ExitCode != 0 ? app.ExitCode
        : app.HasProblem || !isShown ? Failed
        : Done;
}
