namespace Fibula;

/// <content>The change of owner.</content>
public partial class BackgroundTask
{
    /// <summary>Gives the task to another scope, with the children it has there: from this moment on it is that one which tells it, waits for it and hears of
    /// its fault. "Keep running" of a window that closes: <c>task.MoveTo(app.Tasks)</c>.</summary>
    /// <param name="scope">The new owner, of the same app.</param>
    /// <returns>False, and nothing has changed, where the task has ended or was told to cancel, or the scope is closing or closed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The scope belongs to another app or loop; the task is part of another one, or a child of a group, and moves with
    /// that; or it is still starting (<see cref="TaskStarter.StartAsync{T}(Func{TaskContext, Action{T}, Task}, TaskOptions, CancellationToken, string, string, string, int)"/>).</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/HandleExampleTests.cs#move">
    /// _keepRunning.Click += (_, _) => export.MoveTo(app.Tasks);      // goes on when this window is closed
    /// </code>
    /// </example>
    public bool MoveTo(TaskScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var advance = new List<ScopeClosing>();
        if (!Tree.Move(this, scope, advance))
        {
            return false;
        }

        Tree.NotifyChanged();
        advance.ForEach(closing => closing.Advance());
        return true;
    }

    /// <summary>Moves with another task only.</summary>
    internal bool IsBound => _relations is { IsBlock: true } or { Parent._relations.Group: not null } or { Ready: ReadyState.Starting };

    /// <summary>Under the gate: moves the task with its children.</summary>
    /// <param name="scope">The new owner.</param>
    /// <param name="advance">Gets the closings that were waiting for it alone.</param>
    /// <returns>False, and nothing has changed, where it may not move.</returns>
    internal bool MoveUnderGate(TaskScope scope, List<ScopeClosing> advance)
    {
        Tree.AssertHeld();
        ThrowIfBound(scope);
        if (IsCompleted || IsTold || Tree.Requests.For(this) is not null || IsLeftBehind || !scope.Node.IsOpenUnderGate)
        {
            return false;
        }

        MoveWithChildren(_scope, scope, advance);
        return true;
    }

    private void ThrowIfBound(TaskScope scope)
    {
        if (scope.Tree != Tree)
        {
            throw new InvalidOperationException(
                $"'{Name}' cannot move to '{scope.Name}', which belongs to another app or loop. Start it there instead.");
        }

        if (_relations is { IsBlock: true } or { Parent._relations.Group: not null })
        {
            throw new InvalidOperationException($"'{Name}' belongs to '{_relations.Parent?.Name}' and moves with it only. Move that.");
        }

        if (_relations is { Ready: ReadyState.Starting })
        {
            throw new InvalidOperationException($"'{Name}' is not ready yet. Await StartAsync, then move it.");
        }
    }

    // Walked and not recursed into: a chain of children may be long.
    private void MoveWithChildren(TaskScope from, TaskScope to, List<ScopeClosing> advance)
    {
        var waiting = new Stack<BackgroundTask>([this]);
        while (waiting.TryPop(out BackgroundTask? task))
        {
            if (task._scope != from || task.IsCompleted || task.IsLeftBehind)
            {
                continue;
            }

            to.Node.TakeFrom(from.Node, task, advance);
            task._scope = to;
            Tree.Requests.OnArrived(task);
            task._ambient?.Follow(to);
            foreach (BackgroundTask child in task._relations?.ChildrenNow() ?? [])
            {
                waiting.Push(child);
            }
        }
    }
}
