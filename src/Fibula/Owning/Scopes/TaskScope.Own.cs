using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Owning tasks that somebody else has started.</content>
public sealed partial class TaskScope
{
    /// <summary>Takes over a task somebody else has started: it is held and listed until it ends, and its fault is reported unless the handle is awaited.</summary>
    /// <param name="task">The task; it may have ended.</param>
    /// <param name="options">Name, close policy, the caller's token; null for the defaults.
    /// Without <paramref name="cancel"/> the default policy is <see cref="ClosePolicy.Finish"/> of one second, with no grace after it.</param>
    /// <param name="cancel">How to tell the task to cancel, for example the <c>Cancel</c> of its own token source; null where there is no way.</param>
    /// <param name="expression">Filled by the compiler: names the task.</param>
    /// <param name="member">Filled by the compiler.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <param name="line">Filled by the compiler.</param>
    /// <returns>The handle. It may be dropped.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public BackgroundTask Own(
        Task task,
        TaskOptions? options = null,
        Action? cancel = null,
        [CallerArgumentExpression(nameof(task))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Adopt(new BackgroundTask(this, work: null, options, CallSite.OfCall(expression, member, file, line)), task, cancel);
    }

    /// <inheritdoc cref="Own(Task, TaskOptions, Action, string, string, string, int)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public BackgroundTask<T> Own<T>(
        Task<T> task,
        TaskOptions? options = null,
        Action? cancel = null,
        [CallerArgumentExpression(nameof(task))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Adopt(new BackgroundTask<T>(this, work: null, options, CallSite.OfCall(expression, member, file, line)), task, cancel);
    }

    /// <summary>Takes over a task whose caller has dropped it. A close abandons it: nobody can tell it, and nobody said that it may hold up a window.</summary>
    internal void OwnForgotten(Task task, CallSite site, bool isObserved)
    {
        var handle = new BackgroundTask(this, work: null, options: null, site);
        if (isObserved)
        {
            handle.MarkObserved();
        }

        Watch(handle, task);
    }

    /// <summary>Takes over the life of a root on another loop. Where this scope takes nobody in any more, that is closed at once.</summary>
    internal void Join(TaskScope root, IOwningApp? app)
    {
        var joined = new JoinedRoot(this, root, app);
        root.Tree.Joined = joined;
        root.Tree.Keep(true);
        if (Admit(joined, parent: null, beginsNow: true))
        {
            Tree.NotifyChanged();
            RaiseTaskStarted(joined);
            joined.WatchForeign(joined.Closed);
        }

        if (joined.IsTold)
        {
            joined.CloseRoot(within: null);
        }
    }

    private TTask Adopt<TTask>(TTask handle, Task foreign, Action? cancel)
        where TTask : BackgroundTask
    {
        handle.Adopt(cancel);
        return Watch(handle, foreign);
    }

    private TTask Watch<TTask>(TTask handle, Task foreign)
        where TTask : BackgroundTask
    {
        bool isOpen = AdmitForeign(handle);
        Tree.NotifyChanged();
        RaiseTaskStarted(handle);
        handle.WatchForeign(foreign);
        if (!isOpen)
        {
            handle.Tell(Tree.NewReason($"scope '{Name}'", $"Scope '{Name}' was closed before it was given '{handle.Name}'."));
        }

        return handle;
    }
}
