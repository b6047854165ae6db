namespace Fibula;

/// <content>Waiting for events.</content>
public partial class TaskContext
{
    /// <summary>Waits until an event is raised, such as a click. The wait ends with the task: a cancellation, for example by the close of the window, ends it, and the handler is
    /// removed in any case.</summary>
    /// <param name="add">Adds the handler: <c>handler => button.Click += handler</c>. Called before this method returns.</param>
    /// <param name="remove">Removes it: <c>handler => button.Click -= handler</c>. Called on the UI thread.</param>
    /// <returns>What the event was raised with. Code that awaits it goes on in a later turn, not inside the event.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="OperationCanceledException">The task was asked to cancel.</exception>
    /// <remarks>Call it on the UI thread, for an event of a view. For a dialog or an answer that is a task already, write <c>await answer.WaitAsync(task.CancellationToken)</c>.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#event">
    /// public BackgroundTask Start() => this.Tasks.Run(async task =>
    /// {
    ///     _status.Text = "Ready to install.";
    ///     await task.WhenRaisedAsync(handler => _next.Click += handler, handler => _next.Click -= handler);     // ends with the window too
    ///     _status.Text = "Installing …";
    /// });
    /// </code>
    /// </example>
    public Task<EventArgs> WhenRaisedAsync(Action<EventHandler> add, Action<EventHandler> remove) =>
        WhenRaisedAsync<EventHandler, EventArgs>(static raised => (_, args) => raised(args), add, remove);

    /// <inheritdoc cref="WhenRaisedAsync(Action{EventHandler}, Action{EventHandler})"/>
    /// <typeparam name="TArgs">What the event is raised with.</typeparam>
    public Task<TArgs> WhenRaisedAsync<TArgs>(Action<EventHandler<TArgs>> add, Action<EventHandler<TArgs>> remove) =>
        WhenRaisedAsync<EventHandler<TArgs>, TArgs>(static raised => (_, args) => raised(args), add, remove);

    /// <summary>Waits until an event of any delegate type is raised, as the other overloads do.</summary>
    /// <typeparam name="THandler">The type of the event.</typeparam>
    /// <typeparam name="TArgs">What the event is raised with.</typeparam>
    /// <param name="convert">Makes a handler: <c>raised => (_, args) => raised(args)</c>.</param>
    /// <param name="add">Adds the handler. Called before this method returns.</param>
    /// <param name="remove">Removes it. Called on the UI thread.</param>
    /// <returns>What the event was raised with.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="OperationCanceledException">The task was asked to cancel.</exception>
    public Task<TArgs> WhenRaisedAsync<THandler, TArgs>(Func<Action<TArgs>, THandler> convert, Action<THandler> add, Action<THandler> remove)
        where THandler : Delegate
    {
        ArgumentNullException.ThrowIfNull(convert);
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(remove);
        return EventWait.Begin(_task, convert, add, remove);
    }
}
