namespace Forgotten;

/// <summary>Whether somebody looks on.</summary>
internal static class Screen
{
    /// <summary>False where the output goes into a file, in a build, or in a test: the program then presses its own keys.</summary>
    public static bool IsThere { get; } =
        !Console.IsInputRedirected && !Console.IsOutputRedirected
        && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is { Length: > 0 });

    /// <summary>What <c>Init</c> is to be given: null is the toolkit's own choice.</summary>
    public static string? Driver
    {
        get
        {
            if (IsThere)
            {
                return null;
            }

            // A screen in memory only. The toolkit reads it when it starts.
            Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
            return "ansi";
        }
    }
}
