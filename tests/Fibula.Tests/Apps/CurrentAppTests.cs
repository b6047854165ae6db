using Fibula.Testing;

namespace Fibula.Tests.Apps;

/// <summary>Which app code belongs to that is no view. What "the only app" means is seen in a process of its own.</summary>
public sealed class CurrentAppTests
{
    [Fact, Trait("Behaviour", "B98")]
    public void Current_OnTheUiThread_IsItsApp()
    {
        var loop = TestLoop.StartApp(options => options.Name = "shop");

        Assert.Same(loop.App, UiApp.Current);
        loop.End();
        Assert.NotSame(loop.App, UiApp.Current);
    }

    [Fact, Trait("Behaviour", "B98")]
    public void Current_InWorkOnTheThreadPool_IsTheAppOfTheTask()
    {
        var loop = TestLoop.StartApp();
        var other = TestLoop.StartApp();

        BackgroundTask<UiApp?> mine = loop.App!.Tasks.RunOnThreadPool(static () => UiApp.Current);
        BackgroundTask<UiApp?> others = other.App!.Tasks.RunOnThreadPool(static () => UiApp.Current);
        loop.RunUntilEnded(mine);
        other.RunUntilEnded(others);

        Assert.Same(loop.App, mine.AsTask().Result);
        Assert.Same(other.App, others.AsTask().Result);
        loop.End();
        other.End();
    }

    [Fact, Trait("Behaviour", "B98")]
    public void Current_OfTwoAppsOnOneThread_IsTheOneWhoseTurnRuns()
    {
        var loop = TestLoop.StartApp();
        var other = TestLoop.StartApp();
        UiApp? seen = null;

        loop.Post(() => seen = UiApp.Current);
        loop.RunUntilIdle();

        Assert.Same(loop.App, seen);
        Assert.Same(other.App, UiApp.Current);
        loop.End();
        other.End();
    }

    [Fact, Trait("Behaviour", "B98")]
    public async Task Current_OfAProgramWhoseRootBeginsFirst_IsTheWindowsApp()
    {
        string[] lines = await SampleProgram.RunAsync("RootFirst");

        Assert.Equal(
            [
                "Nothing was lost.",
                "The index is ready.",
                "The window has closed with 0.",
                "after the root: no app",
                "before the root: no app",
                "in the root's task: sync",
                "in work on the thread pool: window",
                "on a thread of no app: window",
                "on the UI thread: window",
            ],
            lines.Order(StringComparer.Ordinal));
    }

    [Fact, Trait("Behaviour", "B98")]
    public async Task RootFirst_WithoutAWindow_DoesTheSameWork()
    {
        string[] lines = await SampleProgram.RunAsync("RootFirst", "--plain");

        Assert.Equal(
            ["before the root: no app", "in the root's task: sync", "The index is ready.", "Nothing was lost.", "after the root: no app"], lines);
    }
}
