namespace Fibula.Tests.Commands;

/// <summary>What a run costs does not depend on how many others wait.</summary>
public sealed class ManyRunsTests : CommandTests
{
    private const int Runs = 8_000;

    [Theory]
    [InlineData(CommandPolicy.Queue, false)]
    [InlineData(CommandPolicy.Queue, true)]
    [InlineData(CommandPolicy.Parallel, false)]
    [InlineData(CommandPolicy.KeepLatest, false)]
    [InlineData(CommandPolicy.Restart, false)]
    public void ExecuteAsync_WhileManyWait_AllocatesNoMoreThanTheFirst(CommandPolicy policy, bool isShared)
    {
        var limit = new TaskLimit(policy == CommandPolicy.Parallel ? Runs + 1 : 1);
        var command = new TaskCommand(_window, NeverEndAsync) { Policy = policy, Limit = limit };
        var other = new TaskCommand(_window, NeverEndAsync) { Policy = policy, Limit = limit };
        command.ExecuteAsync();

        long first = AllocatedBy(Runs / 8);
        AllocatedBy(Runs / 8 * 6);
        long last = AllocatedBy(Runs / 8);

        Assert.True(last < 3 * first, $"The first {Runs / 8} runs took {first} bytes, the last {last}.");

        long AllocatedBy(int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int run = 0; run < count; run++)
            {
                (isShared && run % 2 == 0 ? other : command).ExecuteAsync();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData("Cancel")]
    [InlineData("CloseAsync")]
    public void Cancel_OfManyThatWait_AllocatesNoMoreForEach(string way)
    {
        long few = AllocatedForEach(Runs / 8);
        long many = AllocatedForEach(Runs);

        Assert.True(many < 3 * few, $"Of {Runs / 8} runs each took {few} bytes, of {Runs} each {many}.");

        long AllocatedForEach(int count)
        {
            TaskScope view = _window.CreateChild("view");
            var command = new TaskCommand(view, NeverEndAsync) { Policy = CommandPolicy.Queue };
            BackgroundTask[] runs = Execute(command, count);
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (way == "Cancel")
            {
                command.Cancel();
            }
            else
            {
                _ = view.CloseAsync();
            }

            _loop.RunUntil(() => runs[^1].IsCompleted);
            Assert.Equal(0, command.QueuedCount);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }
    }

    private static Task NeverEndAsync(TaskContext task) => task.Delay(Timeout.InfiniteTimeSpan);
}
