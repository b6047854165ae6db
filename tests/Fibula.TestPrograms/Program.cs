namespace Fibula.TestPrograms;

/// <summary>Runs the scenario its argument names. One that waits for a signal says "ready" first.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        string[] words = arguments.Single().Split(':');
        switch (words[0])
        {
            case "signal":
                Signals.Run(words[1]);
                break;
            case "end":
                Ends.Run(words[1]);
                break;
            default:
                throw new ArgumentException($"There is no scenario '{arguments[0]}'. Name one of Signals or Ends.");
        }
    }
}
