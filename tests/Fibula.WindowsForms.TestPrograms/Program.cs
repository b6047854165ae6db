namespace Fibula.WindowsForms.TestPrograms;

/// <summary>The same start twice: as it is usually written, and with Fibula.</summary>
internal static class Program
{
    [STAThread]
    private static void Main(string[] arguments)
    {
        if (arguments is ["by-hand"])
        {
            // What the compiler makes of "static async Task Main".
            StartByHand.MainAsync().GetAwaiter().GetResult();
        }
        else
        {
            StartWithFibula.Run();
        }
    }

    /// <summary>Says one line, with the thread's part in the program.</summary>
    internal static void Say(string what)
    {
        Console.WriteLine(Thread.CurrentThread.IsThreadPoolThread ? $"{what}, on the pool" : what);
        Console.Out.Flush();
    }
}
