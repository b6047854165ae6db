namespace Workbench;

/// <summary>Standard error, where nothing is worth failing for.</summary>
internal static class StandardError
{
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

    public static void WriteLine(string line) => Write(line + Environment.NewLine);
}
