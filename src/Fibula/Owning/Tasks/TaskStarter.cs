using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>What starts tasks: a <see cref="TaskScope"/>, whose tasks are its own, and a <see cref="TaskContext"/>, whose tasks are children of the running one.</summary>
/// <remarks>
/// <para><b>Threads.</b> Tasks may be started on any thread, also before the loop runs.</para>
/// <para><b>Cancellation.</b> A task ends with the scope that it is started in.</para>
/// <para><b>Errors.</b> An exception of the work is in the handle. If the handle is not awaited, it is a fault of the scope.</para>
/// <para>The overloads differ in the shape of the work only.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#starter">
/// // A window passes its scope, and the price is its task; a task passes its context, and the price is its child.
/// private static BackgroundTask&lt;string> LoadPrice(TaskStarter starter, Shop shop) => starter.Run(shop.LoadPriceAsync);
/// </code>
/// </example>
public abstract class TaskStarter
{
    private protected TaskStarter()
    {
    }

    /// <summary>The scope of what is started.</summary>
    private protected abstract ScopeNode Home { get; }

    /// <summary>The task whose children are started; null for tasks of the scope itself.</summary>
    private protected virtual ITaskNode? ParentOfStarted => null;

    /// <summary>Starts work on the UI thread. A caller on the UI thread runs it up to its first incomplete <c>await</c>; otherwise it is
    /// queued. In a <see cref="TaskContext"/> it is a child: the parent ends after it, and cancels it with itself. A failure of the child does not affect the parent.</summary>
    /// <param name="work">The work: a method that returns a task. It may take a <see cref="TaskContext"/>, for progress, delays and children,
    /// or a <see cref="CancellationToken"/>; on the thread pool it may also block or compute, and return no task.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped: the task is held until it has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null. Exceptions of the work are in the handle, and are
    /// not thrown here.</exception>
    public BackgroundTask Run(
        Func<Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask Run(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask Run(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask<T> Run<T>(
        Func<CancellationToken, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <summary>Starts work on the thread pool; in a <see cref="TaskContext"/> as a child. Before the loop runs it is queued like any other.</summary>
    /// <param name="work">The work: a method that returns a task. It may take a <see cref="TaskContext"/>, for progress, delays and children,
    /// or a <see cref="CancellationToken"/>; on the thread pool it may also block or compute, and return no task.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped: the task is held until it has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null. Exceptions of the work are in the handle, and are
    /// not thrown here.</exception>
    public BackgroundTask RunOnThreadPool(
        Func<Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask RunOnThreadPool(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<CancellationToken, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action<TaskContext> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(Home, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <summary>Starts work that lives on, and waits until it says that it is ready: a server that has found its port.</summary>
    /// <typeparam name="T">The type of what it is ready with.</typeparam>
    /// <param name="work">The work. It calls its second parameter once, from any thread, with a value; whatever it does before that belongs to the start.</param>
    /// <param name="options">Name, close policy, deadline; null for the defaults. Its token applies to the whole task.</param>
    /// <param name="cancellationToken">Cancels the task while it is not ready. Has no effect afterwards.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle and the value, once the task is ready; the task lives on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The work has ended without being ready, or has said so twice (thrown where it does).</exception>
    /// <exception cref="BackgroundTaskCanceledException">The start was given up, or the task asked to cancel, before it was ready. It has ended by then.</exception>
    /// <remarks>Throws the exception of work that fails before it is ready, which is then not reported elsewhere. The idea is Trio's <c>nursery.start</c>.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#start">
    /// private async Task PreviewAsync()
    /// {
    ///     (BackgroundTask server, int port) = await this.Tasks.StartAsync&lt;int>(ServeAsync);
    ///     _stop.Click += (_, _) => server.Cancel();
    ///     _status.Text = $"The preview is at port {port}.";
    /// }
    ///
    /// private static async Task ServeAsync(TaskContext task, Action&lt;int> ready)
    /// {
    ///     int port = await ListenAsync(task);
    ///     ready(port);                                // PreviewAsync goes on, and so does this
    ///     await AnswerAsync(task);
    /// }
    /// </code>
    /// </example>
    public Task<(BackgroundTask Task, T Value)> StartAsync<T>(
        Func<TaskContext, Action<T>, Task> work,
        TaskOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(work);
        return StartUntilReadyAsync(work, options, new CallSite(expression, member, file, line).Of(work), cancellationToken);
    }

    internal static Delegate NotNull(Delegate? work) => work ?? throw new ArgumentNullException(nameof(work));

    private async Task<(BackgroundTask Task, T Value)> StartUntilReadyAsync<T>(
        Func<TaskContext, Action<T>, Task> work, TaskOptions? options, CallSite site, CancellationToken cancellationToken)
    {
        var readiness = new Readiness<T>();
        Func<TaskContext, Task> untilReady = context => work(context, readiness.SetReady);
        var task = new BackgroundTask(Home, untilReady, options, site);
        readiness.Follow(task, cancellationToken);
        _ = Start(task, onPool: false);
        return (task, await readiness.WaitAsync().ConfigureAwait(false));
    }

    private TTask Start<TTask>(TTask task, bool onPool)
        where TTask : BackgroundTask =>
        TaskLauncher.Start(task, onPool, ParentOfStarted);
}
