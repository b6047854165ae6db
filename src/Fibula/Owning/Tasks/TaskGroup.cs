namespace Fibula;

/// <summary>
/// The context of a block whose children end together: the first failure cancels the other children and the block, and the block waits for all. Created
/// by <see cref="TaskContext.RunGroupAsync(Func{TaskGroup, Task}, TaskOptions, string, int)"/>.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread.</para>
/// <para><b>Cancellation.</b> Canceling the task around the block cancels the block and all its children, for the same reason. A child that is canceled by
/// its own handle leaves the others as they are.</para>
/// <para><b>Errors.</b> The errors of the block and of its children come out of the <c>await</c> of the block, in one <see cref="AggregateException"/>,
/// even a single one: the block's own first, then the children's in the order they were started. None of them is reported separately.</para>
/// <para>Use <see cref="TaskStarter.Run(Func{Task}, TaskOptions, string, string, string, int)"/> of the task itself instead for children that fail independently.
/// The idea is Trio's nursery and Python's <c>asyncio.TaskGroup</c>.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/GuideTests.cs#group">
/// private static async Task&lt;string> LoadPageAsync(TaskContext task) =>
///     await task.RunGroupAsync(async group =>
///     {
///         BackgroundTask&lt;string> prices = group.Run(LoadPricesAsync);
///         BackgroundTask&lt;string> news = group.Run(LoadNewsAsync);
///         return $"{await prices} and {await news}";
///     });
/// </code>
/// </example>
public sealed class TaskGroup : TaskContext
{
    internal TaskGroup(ITaskNode block)
        : base(block)
    {
    }
}
