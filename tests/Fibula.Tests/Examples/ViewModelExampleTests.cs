using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of code that is no view.</summary>
public sealed class ViewModelExampleTests
{
    private readonly List<string> _log = [];

    [Fact, Trait("Behaviour", "B98")]
    public void AService_WithoutAScope_UsesTheApps()
    {
        TestLoop loop = StartedLoop.Create();
        loop.UseFibula();

        new RecentFiles(_log).Add("a.txt");
        loop.RunUntilIdle();

        Assert.Equal(["saved a.txt"], _log);
    }

    // docs: service
    private sealed class RecentFiles(List<string> disk)
    {
        public void Add(string file) => UiApp.Current?.Tasks.Run(task => SaveAsync(file, task), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(5)) });

        private async Task SaveAsync(string file, TaskContext task)
        {
            await task.Delay(TimeSpan.Zero);
            disk.Add($"saved {file}");
        }
    }
    // docs: end
}
