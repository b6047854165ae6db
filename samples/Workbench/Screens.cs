namespace Workbench;

/// <summary>Chooses the face by the command line and by what the program is connected to.</summary>
internal static class Screens
{
    private static bool IsTerminal => !Console.IsOutputRedirected && !Console.IsInputRedirected;

    /// <summary>Why the face that was asked for can't be shown, and what to type instead; null if it can.</summary>
    public static string? FindProblem(CommandLine line) => line.Ui == UiChoice.Terminal && !IsTerminal
        ? "--ui terminal needs a terminal to draw on and to read keys from. Type --ui plain, or don't redirect its input or output."
        : null;

    public static IScreen Choose(CommandLine line) => line switch
    {
        { Json: true } => new JsonScreen(),
        { Ui: UiChoice.Terminal } => new TerminalScreen(),
        { Ui: UiChoice.Automatic } when IsTerminal => new TerminalScreen(),
        _ => new PlainScreen(),
    };
}
