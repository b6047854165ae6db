using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Work with a parameter bound to a button or a text box. See <see cref="TaskCommand"/>.</summary>
/// <typeparam name="T">The type of the parameter.</typeparam>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CommandExampleTests.cs#parameter">
/// var search = new TaskCommand&lt;string>(this.Tasks, FindAsync)
/// {
///     Policy = CommandPolicy.KeepLatest,
///     Debounce = TimeSpan.FromMilliseconds(300),
/// };
/// _query.TextChanged += (_, _) => search.ExecuteAsync(_query.Text);
/// </code>
/// </example>
/// <remarks>A button whose <c>CommandParameter</c> is no <typeparamref name="T"/>, such as null for an <see cref="int"/>, is disabled, and a click does nothing.</remarks>
public sealed class TaskCommand<T> : TaskCommandBase
{
    /// <summary>Creates a command.</summary>
    /// <param name="scope">The owner of the runs, usually the window's scope.</param>
    /// <param name="work">The work: a method that returns a task. After the parameter it may take a <see cref="TaskContext"/> or a <see cref="CancellationToken"/>.</param>
    /// <param name="expression">Filled by the compiler: names the runs after a method group.</param>
    /// <param name="member">Filled by the compiler: names the runs otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public TaskCommand(
        TaskScope scope,
        Func<T, Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <inheritdoc cref="TaskCommand{T}(TaskScope, Func{T, Task}, string, string, string, int)"/>
    public TaskCommand(
        TaskScope scope,
        Func<T, TaskContext, Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <inheritdoc cref="TaskCommand{T}(TaskScope, Func{T, Task}, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public TaskCommand(
        TaskScope scope,
        Func<T, CancellationToken, Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <inheritdoc cref="TaskCommand.CanExecuteWhen"/>
    public Func<T, bool>? CanExecuteWhen { get; init; }

    /// <inheritdoc cref="TaskCommand.CanExecute"/>
    /// <param name="parameter">The parameter.</param>
    public bool CanExecute(T parameter) => WouldRun && CanExecuteWhen?.Invoke(parameter) != false;

    /// <inheritdoc cref="TaskCommand.ExecuteAsync"/>
    /// <param name="parameter">The argument of the work.</param>
    public BackgroundTask ExecuteAsync(T parameter) => Work switch
    {
        Func<T, Task> plain => Start(() => plain(parameter)),
        Func<T, TaskContext, Task> withContext => Start((TaskContext task) => withContext(parameter, task)),
        _ => Start((CancellationToken token) => ((Func<T, CancellationToken, Task>)Work)(parameter, token)),
    };

    private protected override bool CanExecuteBoxed(object? parameter) => TryUnbox(parameter, out T value) && CanExecute(value);

    private protected override void ExecuteBoxed(object? parameter)
    {
        if (TryUnbox(parameter, out T value))
        {
            ExecuteAsync(value);
        }
    }

    // A button that is bound before its parameter has none yet.
    private static bool TryUnbox(object? parameter, out T value)
    {
        bool fits = parameter is T || (parameter is null && default(T) is null);
        value = parameter is T given ? given : default!;
        return fits;
    }
}
