namespace Fibula;

/// <summary>For what could not be reported in any other way: the loop's way, which may have the terminal, else standard error.</summary>
internal static class LastResort
{
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>Says something in a process that ends, which nobody may hold: a terminal that is stopped, or whose connection is dead,
    /// blocks whoever writes to it.</summary>
    public static void SayBeforeTheEnd(Action lastWords)
    {
        var thread = new Thread(() => lastWords()) { IsBackground = true, Name = "Fibula's last words" };
        thread.UnsafeStart();
        thread.Join(LastWordsLimit);
    }

    /// <summary>Any thread, also while the UI thread hangs or after the loop has ended.</summary>
    public static void WriteLine(UiLoop? loop, string line)
    {
        line = Printable.Lines(line);
        try
        {
            if (loop is not null)
            {
                loop.WriteLineCore(line);
                return;
            }
        }
        catch (Exception)
        {
            // The adapter could not: the line is worth more than its error, and its caller may be about to end the process.
        }

        WriteLine(line);
    }

    public static void WriteLine(string line)
    {
        try
        {
            Console.Error.WriteLine(Printable.Lines(line));
        }
        catch (Exception)
        {
            // Standard error is closed, or a writer of the program's own that fails: there is nobody left to tell.
        }
    }
}
