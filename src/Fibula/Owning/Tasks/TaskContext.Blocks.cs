using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Parts of the work with their own rules for cancellation and errors.</content>
public partial class TaskContext
{
    private const string Shielded = "shielded";
    private const string Group = "group";

    /// <summary>Runs a part of the work that a cancellation of the task does not reach, so that awaits through the inner context complete. Begins
    /// immediately, on the calling thread.</summary>
    /// <param name="work">The part. Its context's token is signaled only when the close of the scope is at its deadline, or when the part itself is canceled: by its
    /// handle, or its own deadline.</param>
    /// <param name="options">Name, deadline; null for the defaults.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The part, to be awaited. The task ends after it in any case.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <remarks>Progress that the part reports is the task's.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/GuideTests.cs#shield">
    /// private async Task EditAsync(TaskContext task)
    /// {
    ///     try
    ///     {
    ///         await task.Delay(TimeSpan.FromHours(1));
    ///     }
    ///     finally
    ///     {
    ///         await task.ShieldAsync(SaveAsync, new TaskOptions { Deadline = TimeSpan.FromSeconds(2) });
    ///     }
    /// }
    /// </code>
    /// </example>
    public BackgroundTask ShieldAsync(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartBlock(new BackgroundTask(Home, NotNull(work), options, SiteOf(Shielded, file, line)), isGroup: false);

    /// <inheritdoc cref="ShieldAsync(Func{TaskContext, Task}, TaskOptions, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> ShieldAsync<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartBlock(new BackgroundTask<T>(Home, NotNull(work), options, SiteOf(Shielded, file, line)), isGroup: false);

    /// <summary>Runs a part of the work that starts children which end together: the first failure cancels the others and the part itself, and the part ends when all
    /// have ended. Begins immediately, on the calling thread.</summary>
    /// <param name="work">The part. It starts its children by the group it is given.</param>
    /// <param name="options">Name, deadline; null for the defaults.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The part, to be awaited: it throws an <see cref="AggregateException"/> with all errors, or, where there is none, a
    /// <see cref="BackgroundTaskCanceledException"/> with the reason why it was canceled from outside.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <remarks>Progress that the part reports is the task's.</remarks>
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
    public BackgroundTask RunGroupAsync(
        Func<TaskGroup, Task> work,
        TaskOptions? options = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartBlock(new BackgroundTask(Home, NotNull(work), options, SiteOf(Group, file, line)), isGroup: true);

    /// <inheritdoc cref="RunGroupAsync(Func{TaskGroup, Task}, TaskOptions, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunGroupAsync<T>(
        Func<TaskGroup, Task<T>> work,
        TaskOptions? options = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartBlock(new BackgroundTask<T>(Home, NotNull(work), options, SiteOf(Group, file, line)), isGroup: true);

    private TTask StartBlock<TTask>(TTask block, bool isGroup)
        where TTask : BackgroundTask
    {
        TaskExtras extras = block.Node.NeedExtras();
        extras.IsShield = !isGroup;
        extras.Group = isGroup ? new GroupErrors() : null;
        return TaskLauncher.StartPart(block, _task);
    }

    // A part of a part is named after the whole, else the name of a nested one would grow with each.
    private CallSite SiteOf(string kind, string? file, int line)
    {
        string whole = _task.Node.Name;
        string suffix = $" ({(_task.Node.IsGroup ? Group : Shielded)})";
        whole = _task.Node.Extras is { IsBlock: true } && whole.EndsWith(suffix, StringComparison.Ordinal) ? whole[..^suffix.Length] : whole;
        return CallSite.Of($"{whole} ({kind})", file, line);
    }
}
