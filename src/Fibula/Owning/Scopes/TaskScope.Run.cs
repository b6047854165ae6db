using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Starting work. One line each: the overloads differ in the shape of the work only.</content>
public sealed partial class TaskScope
{
    /// <summary>Starts work on the UI thread: at once up to its first incomplete <c>await</c> where the caller is on it, else when its turn
    /// comes.</summary>
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
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask Run(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask Run(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <inheritdoc cref="Run(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Run<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

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
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: false);

    /// <summary>Starts work on the thread pool. Before the loop runs it is queued like any other.</summary>
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
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Func<TaskContext, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public BackgroundTask RunOnThreadPool(
        Func<CancellationToken, Task> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, Task<T>> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

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
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    public BackgroundTask RunOnThreadPool(
        Action<TaskContext> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    /// <inheritdoc cref="RunOnThreadPool(Func{Task}, TaskOptions, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> RunOnThreadPool<T>(
        Func<TaskContext, T> work,
        TaskOptions? options = null,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0) =>
        Start(new BackgroundTask<T>(this, NotNull(work), options, new CallSite(expression, member, file, line)), onPool: true);

    internal static Delegate NotNull(Delegate? work) => work ?? throw new ArgumentNullException(nameof(work));

    /// <summary>Takes the task in and launches it; a refused one stays as it is, canceled.</summary>
    internal TTask Start<TTask>(TTask task, bool onPool, BackgroundTask? parent = null)
        where TTask : BackgroundTask
    {
        bool beginsNow = !onPool && task.CanBeginHere;
        if (Admit(task, parent, beginsNow))
        {
            Tree.NotifyChanged();
            bool isCanceled = task.Scope.RaiseTaskStarted(task);
            if (beginsNow)
            {
                if (isCanceled)
                {
                    task.EndBeforeFirstStep();
                }
                else
                {
                    task.LaunchHere();
                }
            }
            else
            {
                task.LaunchLater(onPool);
            }
        }

        return task;
    }

    /// <summary>Tells of a run of a command that was taken in, and waits until it is told to begin.</summary>
    internal void Announce(BackgroundTask run)
    {
        Tree.NotifyChanged();
        RaiseTaskStarted(run);
        run.ListenToCaller();
    }

    /// <summary>Takes in a part of a task's work, and begins it at once on the calling thread.</summary>
    internal TTask StartHere<TTask>(TTask part, BackgroundTask parent)
        where TTask : BackgroundTask
    {
        if (Admit(part, parent, beginsNow: true))
        {
            Tree.NotifyChanged();
            if (part.Scope.RaiseTaskStarted(part))
            {
                part.EndBeforeFirstStep();
            }
            else
            {
                part.LaunchAsPart();
            }
        }

        return part;
    }
}
