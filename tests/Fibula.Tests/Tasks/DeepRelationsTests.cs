using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>Long chains of tasks, on a thread with the small stack that a UI thread of another system may have.</summary>
public sealed class DeepRelationsTests
{
    private const int SmallStack = 1024 * 1024;

    public static TheoryData<string> Shapes => ["canceled", "ending", "awaited", "closed", "moved", "failing", "nested scopes", "nested shields"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Chain_Of30000_OverflowsNoStack(string shape) => OnASmallStack(() => Run(shape, 30_000));

    [Theory, Trait("Run", "Long")]
    [MemberData(nameof(Shapes))]
    public void Chain_OfAMillion_OverflowsNoStack(string shape) => OnASmallStack(() => Run(shape, 1_000_000));

    private static void Run(string shape, int length)
    {
        TestLoop loop = StartedLoop.Create();
        var root = new TaskScope(loop, "app");
        TaskScope window = root.CreateChild("window");
        var release = new TaskCompletionSource();
        BackgroundTask first = window.Run(_ => release.Task);
        BackgroundTask last = first;
        switch (shape)
        {
            case "awaited":
                for (int i = 0; i < length; i++)
                {
                    BackgroundTask inner = last;
                    last = window.Run(async () => await inner);
                }

                release.SetResult();
                loop.RunUntilEnded(last);
                Assert.Equal(BackgroundTaskState.Succeeded, last.State);
                return;
            case "nested scopes":
                for (int i = 0; i < length; i++)
                {
                    window = window.CreateChild("inner");
                }

                last = window.Run(task => task.Delay(Timeout.InfiniteTimeSpan));
                Assert.Equal(root.Name, root.Snapshot().Name);
                release.SetResult();
                loop.RunUntilEnded(root.CloseAsync());
                Assert.Equal(BackgroundTaskState.Canceled, last.State);
                return;
        }

        (first, last) = Nest(window, shape, length, release);
        _ = first.AsTask();
        _ = last.AsTask();
        switch (shape)
        {
            case "canceled":
                first.Cancel();
                break;
            case "closed":
                _ = root.CloseAsync();
                break;
            case "failing":
                release.SetException(new IOException("No disk."));
                break;
            case "moved":
                Assert.True(first.MoveTo(root));
                window.Cancel();
                release.SetResult();
                break;
            default:
                release.SetResult();
                break;
        }

        loop.RunUntilEnded(first);

        Assert.True(last.IsCompleted);
    }

    // Each a child of the one before; all wait for the same signal, and for their token.
    private static (BackgroundTask First, BackgroundTask Last) Nest(TaskScope scope, string shape, int length, TaskCompletionSource release)
    {
        TaskContext? context = null;
        BackgroundTask first = scope.Run(WaitAsync);
        BackgroundTask last = first;
        for (int i = 0; i < length; i++)
        {
            last = shape == "nested shields" ? context!.ShieldAsync(WaitAsync) : context!.Run(WaitAsync);
        }

        return (first, last);

        Task WaitAsync(TaskContext task)
        {
            context = task;
            return shape is "canceled" or "closed" ? task.Delay(Timeout.InfiniteTimeSpan) : release.Task;
        }
    }

    private static void OnASmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
