using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class RetentionTests
{
    [Fact]
    [Trait("Behaviour", "B13")]
    public void RunningTask_NobodyHoldsAnything_LivesUntilItEnds()
    {
        (WeakReference work, WeakReference loop) = StartAndForgetEverything();

        Collector.Collect();

        Assert.True(work.IsAlive, "The work was collected.");
        Assert.True(loop.IsAlive, "The loop was collected under its task.");
        Finish(work);
        Assert.True(Collector.Frees(work), "The work is still held.");
        Assert.True(Collector.Frees(loop), "The loop is still held.");
    }

    [Fact]
    [Trait("Behaviour", "B13")]
    public void QueuedTask_BeforeThereIsALoop_IsHeld()
    {
        var app = new UiApp("app");
        WeakReference closure = QueueAndForget(app.Tasks);

        Collector.Collect();

        Assert.True(closure.IsAlive);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("fault")]
    [InlineData("cancellation")]
    [InlineData("never begun")]
    [Trait("Behaviour", "B14")]
    public void EndedTask_HandleKept_LetsGoOfTheClosure(string end)
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");
        BackgroundTask<object>? handle = null;

        WeakReference closure = RunToItsEnd(loop, scope, end, task => handle = task, capture: false).Closure;
        Collector.Collect();

        Assert.False(closure.IsAlive, $"The closure is held after {end}.");
        Assert.True(handle!.IsCompleted);
        GC.KeepAlive(scope);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("fault")]
    [InlineData("cancellation")]
    [Trait("Behaviour", "B14")]
    public void EndedTask_ATimerCapturedItsContext_LetsGoOfResultAndClosure(string end)
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");

        (WeakReference closure, WeakReference result, Timer timer) = RunToItsEnd(loop, scope, end, _ => { }, capture: true);
        Collector.Collect();

        Assert.False(closure.IsAlive, $"The closure is held after {end}.");
        Assert.False(result.IsAlive, $"The result is held after {end}.");
        GC.KeepAlive(timer);
        GC.KeepAlive(scope);
        GC.KeepAlive(loop);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void EndedTask_RegisteredWithItsToken_HandleKept_LetsGoOfTheCallback()
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");

        (BackgroundTask handle, WeakReference target) = RegisterAndEnd(scope);
        Collector.Collect();

        Assert.Equal(BackgroundTaskState.Succeeded, handle.State);
        Assert.False(target.IsAlive, "The token's callback is held by the handle.");
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void EndedTask_WithACallersToken_HandleKept_LetsGoOfTheCaller()
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");

        (BackgroundTask handle, WeakReference source) = RunWithCallersToken(scope);
        Collector.Collect();

        Assert.True(handle.IsCompleted);
        Assert.False(source.IsAlive, "The caller's token source is held by the handle.");
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void OwnedForeignTask_AfterItsEnd_HandleKept_LetsGoOfTheCancelCallback()
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");

        (BackgroundTask handle, WeakReference target) = OwnAndEnd(scope);
        Collector.Collect();

        Assert.True(handle.IsCompleted);
        Assert.False(target.IsAlive, "The cancel callback is held by the handle.");
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void EndedTask_ThatOutlivedTheLoop_IsNotHeldByItsScope()
    {
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "window");
        var finish = new TaskCompletionSource();

        WeakReference result = RunBeyondTheLoop(loop, scope, finish);
        Collector.Collect();

        Assert.False(result.IsAlive, "The closed scope holds the result.");
        GC.KeepAlive(scope);
    }

    [Fact]
    [Trait("Behaviour", "B20")]
    public void ForgottenChildScope_WithoutLiveWork_IsCollected()
    {
        var loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");

        WeakReference child = UseAChildAndForgetIt(root);
        Collector.Collect();

        Assert.False(child.IsAlive);
        GC.KeepAlive(root);
    }

    [Fact]
    [Trait("Behaviour", "B20")]
    public void ForgottenChildScope_WhoseOnlyTaskHasMoved_IsCollected()
    {
        var loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        var finish = new TaskCompletionSource();

        WeakReference child = MoveTheTaskOfAChildAndForgetIt(root, finish);

        Assert.True(Collector.Frees(child));
        GC.KeepAlive(root);
        GC.KeepAlive(finish);
    }

    [Fact]
    [Trait("Behaviour", "B20")]
    public void ForgottenChildScope_WithLiveWork_IsHeldUntilThatEnds()
    {
        var loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        var finish = new TaskCompletionSource();

        WeakReference child = ForgetAChildThatWorks(root, finish);
        Collector.Collect();

        Assert.Equal("window", Assert.Single(root.Snapshot().Children).Name);
        Assert.True(child.IsAlive);
        finish.SetResult();
        loop.RunUntilIdle();
        Collector.Collect();
        Assert.False(child.IsAlive);
    }

    [Fact]
    [Trait("Behaviour", "B20")]
    public void TimerMadeInAClosedScope_KeepsNeitherWindowNorTasksAlive()
    {
        var loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");

        (Timer timer, WeakReference window, WeakReference task) = CloseAWindowWithATimer(loop, root);
        Collector.Collect();

        Assert.False(window.IsAlive, "The timer holds the window.");
        Assert.False(task.IsAlive, "The timer holds a task of the closed scope.");
        GC.KeepAlive(timer);
        GC.KeepAlive(root);
        GC.KeepAlive(loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Work, WeakReference Loop) StartAndForgetEverything()
    {
        var loop = StartedLoop.Create();
        var work = new Waiting();
        new TaskScope(loop, "app").CreateChild("window").Run(work.WaitAsync);
        return (new WeakReference(work), new WeakReference(loop));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Finish(WeakReference work) => ((Waiting)work.Target!).Finish.SetResult();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference QueueAndForget(TaskScope scope)
    {
        var work = new Waiting();
        scope.CreateChild("window").Run(work.WaitAsync);
        return new WeakReference(work);
    }

    // On a thread of its own: a wait for Task.Run may run it right here, on the UI thread.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BackgroundTask<object> QueueFromAnotherThread(TaskScope scope, Ending work)
    {
        BackgroundTask<object> task = null!;
        var thread = new Thread(() => task = scope.Run(work.RunAsync));
        thread.Start();
        thread.Join();
        return task;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Closure, WeakReference Result, Timer Timer) RunToItsEnd(
        TestLoop loop, TaskScope scope, string end, Action<BackgroundTask<object>> keep, bool capture)
    {
        var work = new Ending(end, capture);
        BackgroundTask<object> task;
        if (end == "never begun")
        {
            task = QueueFromAnotherThread(scope, work);
            task.Cancel();
        }
        else
        {
            task = scope.Run(work.RunAsync);
        }

        if (end == "cancellation")
        {
            task.Cancel();
        }

        scope.Faulted += static fault => fault.Handled = true;
        loop.RunUntilEnded(task);
        loop.RunUntilIdle();
        keep(task);
        return (new WeakReference(work), new WeakReference(work.Result), work.Timer!);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (BackgroundTask Handle, WeakReference Target) RegisterAndEnd(TaskScope scope)
    {
        object target = new();
        BackgroundTask handle = scope.Run(task =>
        {
            task.CancellationToken.Register(() => GC.KeepAlive(target));
            return Task.CompletedTask;
        });
        return (handle, new WeakReference(target));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (BackgroundTask Handle, WeakReference Source) RunWithCallersToken(TaskScope scope)
    {
        var source = new CancellationTokenSource();
        BackgroundTask handle = scope.Run(() => Task.CompletedTask, new TaskOptions { CancellationToken = source.Token });
        return (handle, new WeakReference(source));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (BackgroundTask Handle, WeakReference Target) OwnAndEnd(TaskScope scope)
    {
        object target = new();
        BackgroundTask handle = scope.Own(Task.CompletedTask, cancel: () => GC.KeepAlive(target));
        return (handle, new WeakReference(target));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunBeyondTheLoop(TestLoop loop, TaskScope scope, TaskCompletionSource finish)
    {
        object result = new();
        BackgroundTask<object> task = scope.Run(async () =>
        {
            await finish.Task.ConfigureAwait(false);
            return result;
        });
        loop.End();
        finish.SetResult();
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        return new WeakReference(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseAChildAndForgetIt(TaskScope root)
    {
        TaskScope child = root.CreateChild("window");
        child.Run(() => Task.CompletedTask);
        return new WeakReference(child);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MoveTheTaskOfAChildAndForgetIt(TaskScope root, TaskCompletionSource finish)
    {
        TaskScope child = root.CreateChild("window");
        child.Run(() => finish.Task).MoveTo(root);
        return new WeakReference(child);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ForgetAChildThatWorks(TaskScope root, TaskCompletionSource finish)
    {
        TaskScope child = root.CreateChild("window");
        child.Run(() => finish.Task);
        return new WeakReference(child);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Timer Timer, WeakReference Window, WeakReference Task) CloseAWindowWithATimer(TestLoop loop, TaskScope root)
    {
        TaskScope scope = root.CreateChild("window");
        Timer? timer = null;
        var window = new Window(scope);
        BackgroundTask task = scope.Run(async task =>
        {
            timer = new Timer(static _ => { });
            await task.Delay(TimeSpan.FromHours(1));
            GC.KeepAlive(window);
        });
        scope.Faulted += window.OnFault;
        loop.RunUntilEnded(scope.CloseAsync());
        loop.RunUntilIdle();
        return (timer!, new WeakReference(window), new WeakReference(task));
    }

    private sealed class Waiting
    {
        public TaskCompletionSource Finish { get; } = new();

        public async Task WaitAsync()
        {
            await Finish.Task.ConfigureAwait(false);
            GC.KeepAlive(this);
        }
    }

    private sealed class Ending(string end, bool capture)
    {
        public object Result { get; } = new();

        public Timer? Timer { get; private set; }

        public async Task<object> RunAsync(TaskContext task)
        {
            if (capture)
            {
                Timer = new Timer(static _ => { });
            }

            await task.Delay(TimeSpan.FromSeconds(1));
            return end == "fault" ? throw new InvalidOperationException("Broken.") : Result;
        }
    }

    private sealed class Window(TaskScope scope)
    {
        public TaskScope Tasks { get; } = scope;

        public void OnFault(TaskFault fault) => fault.Handled = true;
    }
}
