namespace Fibula;

/// <summary>As <see cref="MainApp"/>, for a method without a result.</summary>
internal sealed class MethodApp(Func<TaskContext, Task> main) : MainApp
{
    private protected override BackgroundTask Begin() => Tasks.Run(task => Call(main, task), Options, file: null, line: 0);
}
