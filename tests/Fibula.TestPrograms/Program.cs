namespace Fibula.TestPrograms;

/// <summary>Runs the scenario its argument names. One that waits for a signal says "ready" first.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string[] words = arguments.Single().Split(':');
        switch (words[0])
        {
            case "signal":
                Signals.Run(words[1]);
                return Environment.ExitCode;
            case "code":
                return ExitCodes.Run(words[1]);
            case "host":
                WebHost.Run();
                return Environment.ExitCode;
            case "end":
                Ends.Run(words[1]);
                return Environment.ExitCode;
            case "no pool":
                WithoutThePool.Run(words[1]);
                return Environment.ExitCode;
            default:
                throw new ArgumentException($"There is no scenario '{arguments[0]}'. Name one of Signals, ExitCodes, WebHost, Ends or WithoutThePool.");
        }
    }
}
