using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Starting work that says itself when it is ready.</content>
public sealed partial class TaskScope
{
    /// <summary>Starts work that lives on, and waits until it says that it is ready: a server that has found its port.</summary>
    /// <typeparam name="T">The type of what it is ready with.</typeparam>
    /// <param name="work">The work. It calls its second parameter once, from any thread, with a value; whatever it does before that belongs to the start.</param>
    /// <param name="options">Name, close policy, deadline; null for the defaults. Its token is that of the whole task.</param>
    /// <param name="cancellationToken">Gives the start up: the task is told to cancel. It does nothing once the task is ready.</param>
    /// <param name="expression">Filled by the compiler: names the task after a method group.</param>
    /// <param name="member">Filled by the compiler: names the task otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle and the value, once the task is ready; the task lives on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The work has ended without being ready, or has said so twice (thrown where it does).</exception>
    /// <exception cref="BackgroundTaskCanceledException">The start was given up, or the task told to cancel, before it was ready. It has ended by then.</exception>
    /// <remarks>What the work throws before it is ready comes out here and nowhere else. The idea is Trio's <c>nursery.start</c>.</remarks>
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
        [CallerLineNumber] int line = 0) =>
        StartUntilReadyAsync(work, options, new CallSite(expression, member, file, line), parent: null, cancellationToken);

    internal Task<(BackgroundTask Task, T Value)> StartUntilReadyAsync<T>(
        Func<TaskContext, Action<T>, Task> work,
        TaskOptions? options,
        CallSite site,
        BackgroundTask? parent,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var readiness = new Readiness<T>();
        var task = new BackgroundTask(this, readiness.Wrap(work), options, site.Of(work));
        readiness.Follow(task, cancellationToken);
        Start(task, onPool: false, parent);
        return readiness.WaitAsync();
    }
}
