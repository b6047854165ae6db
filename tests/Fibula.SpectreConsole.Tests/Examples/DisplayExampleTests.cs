using Spectre.Console;

namespace Fibula.SpectreConsole.Tests.Examples;

public sealed class DisplayExampleTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void ShowProgress_InAProgram_LeavesItsOutputAlone()
    {
        IAnsiConsole console = _bench.Console;

        // docs: show
        EventLoop.Run(async task =>
        {
            task.Scope.ShowProgress();
            await task.RunGroupAsync(async shops =>
            {
                shops.Run(LoadAsync, new TaskOptions { Name = "Amsterdam" });       // a line each, while they run
                shops.Run(LoadAsync, new TaskOptions { Name = "Berlin" });
            });
            console.MarkupLine("[green]All prices are loaded.[/]");
        });
        // docs: end

        Assert.Equal(["All prices are loaded."], _bench.Screen.Rows);
    }

    [Fact]
    public void Dispose_BeforeAQuestion_RemovesTheLines()
    {
        BackgroundTask main = _bench.Start("Main", async task =>
        {
            // docs: dispose
            using (task.Scope.ShowProgress(_bench.Console))
            {
                await task.Run(ImportAsync);
            }

            string answer = Ask("Import the prices of tomorrow too?");       // no line of a task in the way
            // docs: end

            Assert.Equal("yes", answer);
        });
        _bench.Loop.Advance(Bench.Second);
        Assert.NotEmpty(_bench.Screen.Rows);

        _bench.Loop.RunUntilEnded(main);

        Assert.Equal(BackgroundTaskState.Succeeded, main.State);
        Assert.Equal(["Import the prices of tomorrow too?"], _bench.Screen.Rows);
    }

    private static Task LoadAsync(TaskContext task) => Task.CompletedTask;

    private static Task ImportAsync(TaskContext task) => task.Delay(Bench.Second * 2);

    private string Ask(string question)
    {
        _bench.Console.Write(question);
        return "yes";
    }
}
