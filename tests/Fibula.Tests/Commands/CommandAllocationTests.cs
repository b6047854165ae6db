using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Commands;

/// <summary>What a run of a command allocates beside the task that it is.</summary>
public sealed class CommandAllocationTests
{
    private const int Times = 1000;

    [Fact]
    public void ExecuteAsync_OneByOne_AllocatesAtMost96BytesMoreThanATask()
    {
        long task = BytesOf(static async scope =>
        {
            for (int i = 0; i < Times; i++)
            {
                await scope.Run(SuspendAsync);
            }
        });
        long run = BytesOf(static scope => ExecuteAsync(new TaskCommand(scope, SuspendAsync)));

        Assert.InRange(run - task, 0, 96);
        Assert.InRange(run, 0, 650);
    }

    [Fact]
    public void ExecuteAsync_WithSubscribers_AllocatesNoMoreThanWithout()
    {
        long without = BytesOf(static scope => ExecuteAsync(new TaskCommand(scope, SuspendAsync)));
        long with = BytesOf(static scope =>
        {
            var command = new TaskCommand(scope, SuspendAsync);
            command.PropertyChanged += static (_, _) => { };
            command.CanExecuteChanged += static (_, _) => { };
            command.CancelCommand.CanExecuteChanged += static (_, _) => { };
            return ExecuteAsync(command);
        });

        Assert.Equal(without, with);
    }

    [Fact]
    public void ExecuteAsync_ThatRestarts_AllocatesLittleMoreThanATaskThatIsCanceled()
    {
        long task = BytesOf(static async scope =>
        {
            for (int i = 0; i < Times; i++)
            {
                BackgroundTask canceled = scope.Run(UntilCanceledAsync);
                canceled.Cancel("It was asked for again.");
                await canceled;
            }
        });
        long run = BytesOf(static async scope =>
        {
            var command = new TaskCommand(scope, UntilCanceledAsync) { Policy = CommandPolicy.Restart };
            BackgroundTask last = command.ExecuteAsync();
            for (int i = 0; i < Times; i++)
            {
                BackgroundTask old = last;
                last = command.ExecuteAsync();
                await old;
            }

            last.Cancel();
        });

        // The run knows its command, and the runs that it replaces are in a list.
        Assert.InRange(run, 0, task + 64);
    }

    [Fact]
    public void NotifyCanExecuteChanged_AllocatesNothing()
    {
        long bytes = BytesOf(static scope =>
        {
            var command = new TaskCommand(scope, SuspendAsync);
            command.CanExecuteChanged += static (_, _) => { };
            for (int i = 0; i < Times; i++)
            {
                command.NotifyCanExecuteChanged();
            }

            return Task.CompletedTask;
        });

        // Not an object for each call: what there is are the command and its texts.
        Assert.InRange(bytes, 0, 8);
    }

    private static async Task ExecuteAsync(TaskCommand command)
    {
        for (int i = 0; i < Times; i++)
        {
            await command.ExecuteAsync();
        }
    }

    private static async Task SuspendAsync() => await Task.Yield();

    // Ends without an exception, whose cost would be all there is to see.
    private static async Task UntilCanceledAsync(CancellationToken token)
    {
        var canceled = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = token.UnsafeRegister(static canceled => ((TaskCompletionSource)canceled!).TrySetResult(), canceled);
        await canceled.Task;
    }

    // The least of several rounds on a thread with an empty flow: what is made once is no cost of the call.
    private static long BytesOf(Func<TaskScope, Task> manyTimes)
    {
        long least = long.MaxValue;
        var thread = new Thread(() =>
        {
            TestLoop loop = StartedLoop.Create();
            var window = new TaskScope(loop, "window");
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                loop.RunUntilEnded(window.Run(() => manyTimes(window)));
                least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Times);
            }
        });
        thread.UnsafeStart();
        thread.Join();
        return least;
    }
}
