namespace Fibula;

/// <summary>As <see cref="MainApp"/>, for a method with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class MainApp<T>(Func<TaskContext, Task<T>> main) : MainApp
{
    /// <summary>Returns the result of the method.</summary>
    /// <inheritdoc cref="MainApp.ThrowUnlessSucceeded"/>
    public T TakeResult() => ((ITaskResult<T>)ThrowUnlessSucceeded()).Result;

    private protected override BackgroundTask Begin() => Tasks.Run(task => Call(main, task), Options, file: null, line: 0);
}
