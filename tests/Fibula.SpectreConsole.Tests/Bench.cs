using Fibula.Testing;
using Spectre.Console;

namespace Fibula.SpectreConsole.Tests;

/// <summary>An app on virtual time with a console of its own, of which the test sees what it shows.</summary>
internal sealed class Bench
{
    public static readonly TimeSpan Tenth = TimeSpan.FromSeconds(0.1);
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public Bench(bool isTerminal = true, ColorSystemSupport colors = ColorSystemSupport.Standard)
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = colors,
            Out = new AnsiConsoleOutput(Screen),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        (Console.Profile.Width, Console.Profile.Height) = (80, 24);
        Loop.RunUntilIdle();
        Tasks = new TaskScope(Loop, "app");
    }

    public Screen Screen { get; } = new();

    public IAnsiConsole Console { get; }

    public TestLoop Loop { get; } = new();

    public TaskScope Tasks { get; }

    public TaskDisplay Show(TimeSpan? showDelay = null) => Tasks.ShowProgress(Console, showDelay);

    /// <summary>Starts a task that reports something and then runs for an hour.</summary>
    public BackgroundTask Start(string name, Action<TaskContext>? report = null) => Start(name, async task =>
    {
        report?.Invoke(task);
        await task.Delay(TimeSpan.FromHours(1));
    });

    public BackgroundTask Start(string name, Func<TaskContext, Task> work) => Tasks.Run(work, new TaskOptions { Name = name });
}
