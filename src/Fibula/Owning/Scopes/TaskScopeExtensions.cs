using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>What else a scope can do: run work again and again, by the clock or while its view is shown, and ask the user before it closes.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#every">
/// this.Tasks.RunEvery(TimeSpan.FromMinutes(5), RefreshAsync);     // until the window closes
/// </code>
/// </example>
public static partial class TaskScopeExtensions
{
    /// <summary>Runs work once in each period, on the UI thread, until it is asked to cancel. The first run comes after one period.</summary>
    /// <param name="scope">The owner.</param>
    /// <param name="period">The time from one run to the next, on the loop's clock.</param>
    /// <param name="work">The work. A run that takes longer than the period skips the runs that it overlaps: two never run at the same time.</param>
    /// <param name="options">Name, close policy, deadline of the whole; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle of the repeated work. A run that throws ends it. When the scope closes, the close policy applies to the run in progress; between two runs
    /// the work ends immediately, and no further run begins.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="period"/> is zero or less.</exception>
    /// <remarks>The runs keep to multiples of the period since the start, and so do not drift. After the machine has slept there is one run, and the next at its time.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#every">
    /// this.Tasks.RunEvery(TimeSpan.FromMinutes(5), RefreshAsync);     // until the window closes
    /// </code>
    /// </example>
    public static BackgroundTask RunEvery(
        this TaskScope scope,
        TimeSpan period,
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(work);
        return Repeat(scope, period, work, options, new CallSite(expression, member, file, line).Of(work));
    }

    /// <inheritdoc cref="RunEvery(TaskScope, TimeSpan, Func{TaskContext, Task}, TaskOptions, string, string, string, int)"/>
    public static BackgroundTask RunEvery(
        this TaskScope scope,
        TimeSpan period,
        Func<Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(work);
        return Repeat(scope, period, _ => work(), options, new CallSite(expression, member, file, line).Of(work));
    }

    /// <inheritdoc cref="RunEvery(TaskScope, TimeSpan, Func{TaskContext, Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public static BackgroundTask RunEvery(
        this TaskScope scope,
        TimeSpan period,
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(work);
        return Repeat(scope, period, task => work(task.CancellationToken), options, new CallSite(expression, member, file, line).Of(work));
    }

    /// <summary>Waits until the scope and its descendants have no task any more, without canceling one and without closing the scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends at the first moment without a task; immediately if there is none now. Tasks that start later are not waited for. Called inside a task of the
    /// scope it does not wait for that task, nor for those that started it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was signaled.</exception>
    /// <remarks>Repeated work, such as that of <c>RunEvery</c>, is a task: a scope that has some is not empty before that is canceled.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#empty">
    /// await uploads.WhenEmptyAsync();     // what runs may finish, and the scope stays open
    /// </code>
    /// </example>
    public static Task WhenEmptyAsync(this TaskScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new EmptyScope(scope.Node, [.. AmbientTask.WithStarters(AmbientTask.CurrentTask)]).WaitAsync(cancellationToken);
    }

    /// <summary>Runs work while the view is shown: canceled when the view hides, restarted when it is shown again. Two runs never overlap: a new run waits until the old one has cleaned up.</summary>
    /// <param name="scope">The owner, whose view it is.</param>
    /// <param name="work">The work. If it ends while the view is shown, it starts again the next time the view is shown.</param>
    /// <param name="options">Name, close policy, deadline of the whole; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle of the repeated work. A run that throws ends it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> or <paramref name="work"/> is null.</exception>
    /// <remarks>The idea is AndroidX's <c>repeatOnLifecycle</c>.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#shown">
    /// this.Tasks.RunWhileShown(FollowPriceAsync);     // asked to cancel while the window is hidden
    /// </code>
    /// </example>
    public static BackgroundTask RunWhileShown(
        this TaskScope scope,
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(work);
        return RunShown(scope, new ObservableValue<bool>(true), (_, task) => work(task), options, new CallSite(expression, member, file, line).Of(work));
    }

    /// <summary>Runs work while the view is shown, and restarts it when a value that it depends on changes, such as the id of the shown item or a query.</summary>
    /// <typeparam name="TKey">The type of the value.</typeparam>
    /// <param name="scope">The owner, whose view it is.</param>
    /// <param name="key">The value. Setting it cancels the run that works with the old value, and starts another one when that has ended.</param>
    /// <param name="work">The work. If it ends while the view is shown, it starts again the next time the view is shown, or with the next value.</param>
    /// <param name="options">Name, close policy, deadline of the whole; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle of the repeated work. A run that throws ends it.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/RepeatingExampleTests.cs#key">
    /// var symbol = new ObservableValue&lt;string>(_symbol.Text);
    /// this.Tasks.RunWhileShown(symbol, FollowPriceAsync);             // async Task FollowPriceAsync(string symbol, TaskContext task)
    /// _symbol.TextChanged += (_, _) => symbol.Value = _symbol.Text;   // cancels the run, and restarts it with the new symbol
    /// </code>
    /// </example>
    public static BackgroundTask RunWhileShown<TKey>(
        this TaskScope scope,
        ObservableValue<TKey> key,
        Func<TKey, TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(work);
        return RunShown(scope, key, work, options, new CallSite(expression, member, file, line).Of(work));
    }

    private static BackgroundTask Repeat(TaskScope scope, TimeSpan period, Func<TaskContext, Task> work, TaskOptions? options, CallSite site)
    {
        Durations.Interval(period);
        Func<TaskContext, Task> repeating = task => RepeatAsync(period, work, task, AmbientTask.CurrentTask!);
        return TaskLauncher.Start(new BackgroundTask(scope.Node, repeating, options, site), onPool: false);
    }

    // A timer may fire a little early: then the period that is about to begin counts as begun.
    private static async Task RepeatAsync(TimeSpan period, Func<TaskContext, Task> work, TaskContext task, ITaskNode self)
    {
        TimeProvider clock = self.Tree.TimeProvider;
        long began = Clocks.ExactTicks(clock);
        for (long turn = 1; ;)
        {
            BeginPause(self);
            var due = Int128.Clamp(((Int128)turn * period.Ticks) - (Clocks.ExactTicks(clock) - began), 0, long.MaxValue);
            await task.Delay(new TimeSpan((long)due)).ConfigureAwait(true);
            EndPause(self);
            await (work(task) ?? throw ReturnedTask.IsNull("The work of task", self.Node.Name)).ConfigureAwait(true);
            turn = Math.Max(turn + 1, ((Clocks.ExactTicks(clock) - began) / period.Ticks) + 1);
        }
    }

    private static BackgroundTask RunShown<TKey>(TaskScope scope, ObservableValue<TKey> key, Func<TKey, TaskContext, Task> work, TaskOptions? options, CallSite site)
    {
        Func<TaskContext, Task> running = task => new ShownRuns<TKey>(key, work, site.Named(options?.Name).Name).RunAsync(task);
        return TaskLauncher.Start(new BackgroundTask(scope.Node, running, options, site), onPool: false);
    }

    /// <summary>Called by the work: it waits for its next run.</summary>
    /// <exception cref="BackgroundTaskCanceledException">The scope closes, so there will be none; or the task was asked to cancel.</exception>
    internal static void BeginPause(ITaskNode self) => SetPause(self, isBetweenRuns: true);

    /// <summary>Called by the work: the next run is about to begin.</summary>
    /// <inheritdoc cref="BeginPause"/>
    internal static void EndPause(ITaskNode self) => SetPause(self, isBetweenRuns: false);

    private static void SetPause(ITaskNode self, bool isBetweenRuns)
    {
        if (self.Tree.SetPause(self, isBetweenRuns) is { } closes)
        {
            TaskEffectRunner.RequestOneCancel(self, closes, among: null, isExplicit: false);
        }

        if (self.CancelReason is { } reason)
        {
            throw new BackgroundTaskCanceledException(reason.Message, reason);
        }
    }
}
