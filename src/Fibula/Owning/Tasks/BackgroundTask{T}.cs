using Fibula.CompilerServices;

namespace Fibula;

/// <summary>The handle of a task with a result. See <see cref="BackgroundTask"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread.</para>
/// <para><b>Cancellation.</b> As for <see cref="BackgroundTask"/>. A task that was asked to cancel and ended normally keeps its result.</para>
/// <para><b>Errors.</b> <c>await</c> throws the exception of the work.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#result">
/// BackgroundTask&lt;int> price = this.Tasks.Run(LoadPriceAsync);
/// _status.Text = $"The price is {await price}.";      // what the work throws comes out here
/// </code>
/// </example>
public sealed class BackgroundTask<T> : BackgroundTask, ITaskResult<T>
{
    private T? _result;

    internal BackgroundTask(ScopeNode scope, Delegate? work, TaskOptions? options, CallSite site)
        : base(scope, work, options, site)
    {
    }

    T ITaskResult<T>.Result => _result!;

    /// <summary>Returns a <see cref="Task{T}"/> that ends as this task does, for code that wants one. The task then counts as observed, unless the calling task would wait for itself.</summary>
    /// <returns>A task: a fault is its exception, a cancellation makes it canceled with a <see cref="BackgroundTaskCanceledException"/>, and a wait
    /// of the calling task for itself makes it faulted with an <see cref="InvalidOperationException"/> that names the cycle.</returns>
    public new Task<T> AsTask() => WaitForResultAsync();

    /// <inheritdoc cref="BackgroundTask.GetAwaiter"/>
    public new BackgroundTaskAwaiter<T> GetAwaiter() => new(this, continueOnCapturedContext: true);

    /// <inheritdoc cref="BackgroundTask.ConfigureAwait"/>
    public new ConfiguredBackgroundTask<T> ConfigureAwait(bool continueOnCapturedContext) => new(this, continueOnCapturedContext);

    private protected override void TakeResult(Task body) => _result = ((Task<T>)body).GetAwaiter().GetResult();

    private protected override Task CallBlocking(object work) =>
        Task.FromResult(work is Func<TaskContext, T> withContext ? withContext(new TaskContext(this)) : ((Func<T>)work)());

    // See the base: the builder of an async method keeps the reason of a cancellation.
    private async Task<T> WaitForResultAsync() => await new ConfiguredBackgroundTask<T>(this, continueOnCapturedContext: false);
}
