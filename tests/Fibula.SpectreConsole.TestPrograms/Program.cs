// Programs whose use of the terminal is more than a sample shows: the argument says which.
using Fibula;
using Spectre.Console;

switch (args[0])
{
    case "runs twice":
        EventLoop.Run(task => WorkAsync(task, "First"));
        EventLoop.Run(task => WorkAsync(task, "Second"));
        break;
    case "dies":
        EventLoop.Run(async task =>
        {
            task.Run(child => WorkAsync(child, "Import"));
            await task.Delay(TimeSpan.FromSeconds(0.5));
            new Thread(static () => throw new InvalidOperationException("No memory.")).Start();
            await task.Delay(TimeSpan.FromSeconds(60));
        });
        break;
    default:
        throw new ArgumentException($"There is no program '{args[0]}'.");
}

// Without the pause the display of the run before is still about to end.
static async Task WorkAsync(TaskContext task, string name)
{
    task.Scope.ShowProgress(showDelay: TimeSpan.Zero);
    task.Report(0.5, name);
    await task.Delay(TimeSpan.FromSeconds(0.3));
    Console.Error.WriteLine($"{name}: error");
    Console.Write($"{name}: ");
    await task.Delay(TimeSpan.FromSeconds(0.3));
    Console.WriteLine("output");
    AnsiConsole.WriteLine($"{name}: Spectre");
    await task.Delay(TimeSpan.FromSeconds(0.3));
}
