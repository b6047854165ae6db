using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>Tasks that outlive their scope and wait for something that never comes.</summary>
public sealed class ReleasedSurvivorTests
{
    private const int Pages = 200;

    [Theory, Trait("Behaviour", "B92")]
    [InlineData("the loop ends")]
    [InlineData("the app leaves")]
    [InlineData("they are released")]
    [InlineData("those of their scope are released")]
    public void Survivors_OfClosedPages_AreCollectedOnce(string when)
    {
        TestLoop loop = StartedLoop.Create();
        var app = new UiApp("app");
        app.Attach(loop);
        loop.RunUntilIdle();
        TaskScope pages = app.Tasks.CreateChild("pages");
        List<WeakReference> work = [.. Enumerable.Range(0, Pages).Select(_ => OpenAndClose(loop, pages))];
        Collector.Collect();
        int heldBefore = work.Count(static task => task.IsAlive);
        int listedBefore = app.Tasks.Snapshot().Tasks.Count;

        Release(when, loop, app, pages);
        loop.RunUntilIdle();
        Collector.Collect();

        Assert.Equal((Pages, Pages, 0), (heldBefore, listedBefore, work.Count(static task => task.IsAlive)));
        GC.KeepAlive(app);
        GC.KeepAlive(loop);
    }

    [Fact, Trait("Behaviour", "B92")]
    public void ReleaseSurvivors_OfAnotherScope_KeepsThese()
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        TaskScope pages = root.CreateChild("pages");
        TaskScope others = root.CreateChild("others");
        OpenAndClose(loop, pages);

        others.ReleaseSurvivors();

        Assert.Single(root.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B92")]
    public void Survivor_ThatIsReleasedAndFailsLater_IsReportedToTheApp()
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        TaskScope page = root.CreateChild("page");
        var release = new TaskCompletionSource();
        BackgroundTask task = page.Run(_ => release.Task, new TaskOptions { Name = "Watch", OnClose = ClosePolicy.Abandon });
        loop.RunUntilEnded(page.CloseAsync());
        root.ReleaseSurvivors();

        release.SetException(new IOException("No network."));
        loop.RunUntilEnded(task);
        loop.RunUntilIdle();
        Task<CloseReport> close = root.CloseAsync();
        loop.RunUntilEnded(close);

        Assert.Equal("Watch", Assert.Single(loop.UnhandledFaults).Name);
        Assert.Equal("1 task: 0 finished, 0 canceled, 0 survivors, 0 lost, 1 failed", close.Result.ToString());
    }

    [Fact, Trait("Behaviour", "B92")]
    public void CloseAsync_OfTheRootWhileReleasedSurvivorsLive_CountsThem()
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        TaskScope pages = root.CreateChild("pages");
        OpenAndClose(loop, pages);
        OpenAndClose(loop, pages);
        pages.ReleaseSurvivors();
        OpenAndClose(loop, pages);

        Task<CloseReport> close = root.CloseAsync();
        loop.RunUntilEnded(close);

        Assert.Equal((3, 3, 0), (close.Result.StartedCount, close.Result.LivingCount, close.Result.LostCount));
        Assert.Single(close.Result.Abandoned);
    }

    private static void Release(string when, TestLoop loop, UiApp app, TaskScope pages)
    {
        switch (when)
        {
            case "the loop ends":
                loop.End();
                break;
            case "the app leaves":
                app.Exit();
                loop.RunUntil(() => app.CloseReport is not null);
                Assert.Equal(Pages, app.CloseReport!.Abandoned.Count);
                loop.End();
                break;
            case "they are released":
                app.Tasks.ReleaseSurvivors();
                break;
            default:
                pages.ReleaseSurvivors();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OpenAndClose(TestLoop loop, TaskScope pages)
    {
        TaskScope page = pages.CreateChild("page");
        var never = new TaskCompletionSource();
        page.Run(async () => await never.Task, new TaskOptions { OnClose = ClosePolicy.Abandon });
        loop.RunUntilEnded(page.CloseAsync());
        return new WeakReference(never);
    }
}
