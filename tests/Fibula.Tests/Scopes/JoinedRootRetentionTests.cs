using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>A second UI thread whose app is joined to a scope of the first: once its window is closed and its thread has ended, nothing holds what it was.</summary>
public sealed class JoinedRootRetentionTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _owner;

    public JoinedRootRetentionTests() => _owner = new TaskScope(_loop, "owner");

    [Theory]
    [InlineData("TestLoop", "the app exits")]
    [InlineData("TestLoop", "the loop ends")]
    [InlineData("ManualLoop", "the app exits")]
    [InlineData("ManualLoop", "the loop ends")]
    [InlineData("SynchronizationContextLoop", "the loop ends")]
    [InlineData("EventLoop", "the app exits")]
    [Trait("Behaviour", "B14")]
    public void App_OfAThreadThatHasEnded_IsCollectedWithItsWindow(string kind, string end)
    {
        (WeakReference app, WeakReference scope, WeakReference window, WeakReference loop) = RunOnAThread(() => Run(kind, end));

        // The owner hears of the end.
        _loop.RunUntilIdle();

        Assert.True(Collector.Frees(window));
        Assert.True(Collector.Frees(scope));
        Assert.True(Collector.Frees(app));
        Assert.True(Collector.Frees(loop));
        Assert.Empty(_owner.Snapshot().Tasks);
        GC.KeepAlive(_owner);
    }

    private static T RunOnAThread<T>(Func<T> work)
    {
        T? result = default;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception thrown)
            {
                error = thrown;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(error);
        return result!;
    }

    private static async Task WorkAsync(object window, TaskContext task)
    {
        await task.Delay(Timeout.InfiniteTimeSpan);
        GC.KeepAlive(window);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference App, WeakReference Scope, WeakReference Window, WeakReference Loop) Run(string kind, string end)
    {
        var app = new UiApp("second window", _owner);
        UiLoop loop = kind switch
        {
            "TestLoop" => new TestLoop(),
            "ManualLoop" => new ManualLoop(),
            "EventLoop" => new EventLoop(),
            _ => new SynchronizationContextLoop(new SynchronizationContext(), Thread.CurrentThread),
        };
        object window = new();
        var scope = app.Tasks.CreateChild("window");
        scope.Run(task => WorkAsync(window, task));
        switch (loop)
        {
            case TestLoop test:
                app.Attach(test);
                test.RunUntilIdle();
                Exit();
                test.RunUntilIdle();
                test.End();
                break;
            case ManualLoop manual:
                app.Attach(manual);
                manual.Pump();
                Exit();
                while (end == "the app exits" && manual.Pump())
                {
                    Thread.Yield();
                }

                manual.End();
                break;
            case SynchronizationContextLoop foreign:
                app.Attach(foreign);
                foreign.End();
                break;
            default:
                app.Post(Exit);
                app.Run(loop);
                break;
        }

        return (new WeakReference(app), new WeakReference(scope), new WeakReference(window), new WeakReference(loop));

        void Exit()
        {
            if (end == "the app exits")
            {
                app.Exit();
            }
        }
    }
}
