using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Commands;

/// <summary>What tests of commands have in common.</summary>
public abstract class CommandTests
{
    private protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private protected readonly TestLoop _loop = StartedLoop.Create();
    private protected readonly TaskScope _window;
    private protected readonly List<string> _ran = [];

    private protected CommandTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    private protected static BackgroundTask[] Execute(TaskCommand command, int count) => [.. Enumerable.Range(0, count).Select(_ => command.ExecuteAsync())];

    private protected static BackgroundTaskState[] States(BackgroundTask[] runs) => [.. runs.Select(run => run.State)];

    private protected TaskCommand Command(CommandPolicy policy) => new(_window, SearchAsync) { Policy = policy };

    private protected async Task SearchAsync(TaskContext task)
    {
        _ran.Add("search");
        await task.Delay(TimeSpan.FromMinutes(1));
    }

    private protected async Task NumberAsync(int number, TaskContext task)
    {
        _ran.Add($"{number}");
        await task.Delay(Second);
    }

    private protected async Task SlowToStopAsync(TaskContext task)
    {
        _ran.Add("began");
        try
        {
            await task.Delay(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await task.ShieldAsync(inner => inner.Delay(Second));
            _ran.Add("stopped");
        }
    }
}
