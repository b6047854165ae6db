using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Starting children. One line each: the overloads differ in the shape of the work only.</content>
public partial class TaskContext
{
    /// <summary>Starts a child of this task on the UI thread: this task ends after it, and is canceled together with it. Its failure is its own.</summary>
    /// <param name="work">The work: a method that returns a task. It may take a <see cref="TaskContext"/>, for progress, delays and children,
    /// or a <see cref="CancellationToken"/>; on the thread pool it may also block or compute, and return no task.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped: the task is held until it has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null. Nothing else is thrown from here: what the work throws is in
    /// the handle.</exception>
    public BackgroundTask Run(
        Func<Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask Run(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask Run(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

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
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <summary>Starts a child of this task on the thread pool: this task ends after it, and is canceled together with it.</summary>
    /// <param name="work">The work: a method that returns a task. It may take a <see cref="TaskContext"/>, for progress, delays and children,
    /// or a <see cref="CancellationToken"/>; on the thread pool it may also block or compute, and return no task.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped: the task is held until it has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null. Nothing else is thrown from here: what the work throws is in
    /// the handle.</exception>
    public BackgroundTask RunOnThreadPool(
        Func<Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask RunOnThreadPool(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

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
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action<TaskContext> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        StartChild(new BackgroundTask<T>(_task.Scope, TaskScope.NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    private TTask StartChild<TTask>(TTask child, bool onPool)
        where TTask : BackgroundTask =>
        _task.Scope.Start(child, onPool, parent: _task);
}
