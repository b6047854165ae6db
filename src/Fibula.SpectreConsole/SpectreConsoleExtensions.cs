using Spectre.Console;

namespace Fibula;

/// <summary>Shows the tasks of a command-line program: one line at the start of its work.</summary>
public static class SpectreConsoleExtensions
{
    /// <summary>Shows the tasks of a scope while they run: as live progress bars on a terminal, as plain lines elsewhere.</summary>
    /// <param name="scope">The scope whose tasks to show, including its descendants: in <see cref="EventLoop.Run(Func{TaskContext, Task})"/>, <c>task.Scope</c> for all tasks.</param>
    /// <param name="console">Where to show them. If null, <see cref="AnsiConsole.Console"/> where that is a terminal; otherwise standard error, so that what is piped
    /// stays clean.</param>
    /// <param name="showDelay">The age at which a task becomes visible, on the loop's clock; 500 ms if null, <see cref="TimeSpan.Zero"/> for immediately.</param>
    /// <returns>The display. It ends with the loop; dispose it only to end it earlier.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="showDelay"/> is negative.</exception>
    /// <remarks>May be called on any thread. See <see cref="TaskDisplay"/> for what is shown.</remarks>
    /// <example>
    /// <code source="tests/Fibula.SpectreConsole.Tests/Examples/DisplayExampleTests.cs#show">
    /// EventLoop.Run(async task =>
    /// {
    ///     task.Scope.ShowProgress();
    ///     await task.RunGroupAsync(async shops =>
    ///     {
    ///         shops.Run(LoadAsync, new TaskOptions { Name = "Amsterdam" });       // a line each, while they run
    ///         shops.Run(LoadAsync, new TaskOptions { Name = "Berlin" });
    ///     });
    ///     console.MarkupLine("[green]All prices are loaded.[/]");
    /// });
    /// </code>
    /// </example>
    public static TaskDisplay ShowProgress(this TaskScope scope, IAnsiConsole? console = null, TimeSpan? showDelay = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (showDelay is { } delay)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, nameof(showDelay));
        }

        return new TaskDisplay(scope, console ?? TaskDisplay.DefaultConsole(), showDelay ?? TaskDisplay.DefaultDelay);
    }
}
