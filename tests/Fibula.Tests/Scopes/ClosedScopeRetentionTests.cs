using System.Runtime.CompilerServices;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>What has closed, or has nothing left to do, is held by nothing of Fibula's.</summary>
public sealed class ClosedScopeRetentionTests
{
    [Fact, Trait("Behaviour", "B20")]
    public void Scope_WhoseCloseWaitedAndGaveUp_IsCollected()
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        var never = new TaskCompletionSource();

        WeakReference window = CloseWithASurvivor(loop, root, never);

        Assert.True(Collector.Frees(window));
        GC.KeepAlive(root);
        GC.KeepAlive(never);
    }

    [Fact, Trait("Behaviour", "B20")]
    public void Scope_WhoseTasksWereCanceled_IsCollected()
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");

        WeakReference window = CancelTheTasksOfAChild(loop, root);

        Assert.True(Collector.Frees(window));
        GC.KeepAlive(root);
    }

    [Theory, Trait("Behaviour", "B20")]
    [InlineData(false)]
    [InlineData(true)]
    public void Root_WhoseLastSurvivorHasEndedOrWasReleased_IsCollected(bool isReleased)
    {
        WeakReference root = ForgetARootWithASurvivor(isReleased);

        Assert.True(Collector.Frees(root));
    }

    [Fact, Trait("Behaviour", "B20")]
    public void App_ThatHasRun_IsCollected()
    {
        WeakReference app = RunAnApp();

        Assert.True(Collector.Frees(app));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CloseWithASurvivor(TestLoop loop, TaskScope root, TaskCompletionSource never)
    {
        TaskScope window = root.CreateChild("window");
        window.Run(async () => await never.Task);
        window.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(2)) });
        loop.RunUntilEnded(window.CloseAsync());
        return new WeakReference(window);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CancelTheTasksOfAChild(TestLoop loop, TaskScope root)
    {
        TaskScope window = root.CreateChild("window");
        BackgroundTask task = window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        window.Cancel();
        loop.RunUntilEnded(task);
        return new WeakReference(window);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ForgetARootWithASurvivor(bool isReleased)
    {
        var never = new TaskCompletionSource();
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        TaskScope window = root.CreateChild("window");
        BackgroundTask survivor = window.Run(() => never.Task);
        loop.RunUntilEnded(window.CloseAsync());
        if (isReleased)
        {
            root.ReleaseSurvivors();
        }
        else
        {
            never.SetResult();
            loop.RunUntilEnded(survivor);
        }

        loop.RunUntilIdle();
        return new WeakReference(root);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAnApp()
    {
        var app = new UiApp("app");
        var loop = new TestLoop();
        loop.Post(() => app.Exit());
        app.Run(loop);
        return new WeakReference(app.Tasks);
    }
}
