using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Work bound to a button: its runs are tasks of a scope, and a policy says what a second click means.</summary>
/// <remarks>
/// <para>See <see cref="TaskCommandBase"/> for threads, cancellation and errors. Use <see cref="TaskStarter.Run(Func{Task}, TaskOptions, string, string, string, int)"/> instead
/// where nothing is bound to the state and every click starts a task of its own.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/CommandExampleTests.cs#command">
/// public PriceModel(TaskScope tasks)
/// {
///     Refresh = new TaskCommand(tasks, LoadAsync);        // a second click while it runs does nothing
/// }
///
/// public TaskCommand Refresh { get; }                     // in XAML: Command="{Binding Refresh}"
/// </code>
/// </example>
public sealed class TaskCommand : TaskCommandBase
{
    /// <summary>Creates a command.</summary>
    /// <param name="scope">The owner of the runs, usually the window's scope.</param>
    /// <param name="work">The work: a method that returns a task. It may take a <see cref="TaskContext"/> or a <see cref="CancellationToken"/>.</param>
    /// <param name="expression">Filled by the compiler: names the runs after a method group.</param>
    /// <param name="member">Filled by the compiler: names the runs otherwise.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public TaskCommand(
        TaskScope scope,
        Func<Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <inheritdoc cref="TaskCommand(TaskScope, Func{Task}, string, string, string, int)"/>
    public TaskCommand(
        TaskScope scope,
        Func<TaskContext, Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <inheritdoc cref="TaskCommand(TaskScope, Func{Task}, string, string, string, int)"/>
    [OverloadResolutionPriority(-1)]
    public TaskCommand(
        TaskScope scope,
        Func<CancellationToken, Task> work,
        [CallerArgumentExpression(nameof(work))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
        : base(scope, work, new CallSite(expression, member, file, line))
    {
    }

    /// <summary>A condition of the program's own for the button; call <see cref="TaskCommandBase.NotifyCanExecuteChanged"/> when it changes.</summary>
    /// <value>Default: null, none.</value>
    public Func<bool>? CanExecuteWhen { get; init; }

    /// <summary>Says what would happen if the command were executed now: whether its policy would let a run begin or wait.</summary>
    /// <returns>False where it would be refused.</returns>
    public bool CanExecute() => WouldRun && CanExecuteWhen?.Invoke() != false;

    /// <summary>Asks for a run.</summary>
    /// <returns>Its handle: it may be waiting, or canceled already where the policy has refused it. It may be dropped.</returns>
    public BackgroundTask ExecuteAsync() => Start(Work);

    private protected override bool CanExecuteBoxed(object? parameter) => CanExecute();

    private protected override void ExecuteBoxed(object? parameter) => _ = ExecuteAsync();
}
