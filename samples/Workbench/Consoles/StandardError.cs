namespace Workbench;

/// <summary>Standard error, where nothing is worth failing for.</summary>
internal static class StandardError
{
    /// <summary>Writes a text as it is, with what steers the terminal.</summary>
    public static void Write(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is closed, or its disk is full: there is nobody left to tell.
        }
    }

    /// <summary>Writes a line; what would steer the terminal in it is written so that it can be read.</summary>
    public static void WriteLine(string line) => Write(VisibleText.Of(line) + Environment.NewLine);
}
