namespace Fibula;

/// <summary>Standard error, for what could not be told in any other way.</summary>
internal static class LastResort
{
    public static void WriteLine(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // Standard error is closed: there is nobody left to tell.
        }
    }
}
