using System.Runtime.CompilerServices;

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
    private readonly ITaskNode _block;

    internal TaskGroup(ITaskNode block)
        : base(block)
    {
        _block = block;
    }

    /// <summary>Cancels the children that run now, and not the block: what it returns is the outcome of the group. With it the first answer wins.</summary>
    /// <param name="reason">A sentence for people; null for one that names the caller.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <remarks>The block still ends after its children. A child that fails on its way out still fails the group. Called inside a child it cancels that one too.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/GuideTests.cs#race">
    /// private static async Task&lt;string> LoadFastestAsync(TaskContext task) =>
    ///     await task.RunGroupAsync(async mirrors =>
    ///     {
    ///         Task&lt;string>[] answers = [mirrors.Run(LoadPricesAsync).AsTask(), mirrors.Run(LoadNewsAsync).AsTask()];
    ///         Task&lt;string> first = await Task.WhenAny(answers);
    ///         mirrors.CancelChildren("Another mirror was faster.");
    ///         return await first;
    ///     });
    /// </code>
    /// </example>
    public void CancelChildren(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        TaskTree tree = _block.Tree;
        CancelReason why = tree.NewReason(
            member, file, reason, CallSite.Of(_block.Node.Name, file: null, line: 0), static (by, name) => $"{by} canceled the children of '{name}'.");
        foreach (ITaskNode task in tree.LiveTasks(_block.Node.Scope))
        {
            if (task.Node.Parent == _block)
            {
                TaskEffectRunner.RequestCancel(task, why);
            }
        }
    }
}
