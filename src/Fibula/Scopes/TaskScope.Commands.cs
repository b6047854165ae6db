namespace Fibula;

/// <content>What commands hear of the scope: that it closes, and that its view has come back.</content>
public sealed partial class TaskScope
{
    private volatile TaskScope? _successor;

    /// <summary>The scope that the view has got since, after it came back; itself where it has not.</summary>
    internal TaskScope Latest
    {
        get
        {
            TaskScope scope = this;
            while (scope._successor is { } next)
            {
                scope = next;
            }

            return scope;
        }
    }

    /// <summary>Whether a command of the program has this scope.</summary>
    internal bool HasCommands => Tree.Commands.Within(this).Exists(command => command.Scope == this);

    /// <summary>On the UI thread: the view was shown again, and has a new scope. Its commands go on there.</summary>
    internal void RenewAs(TaskScope next)
    {
        List<TaskCommandBase> commands = Tree.Commands.Within(this).FindAll(command => command.Scope == this);
        _successor = next;
        foreach (TaskCommandBase command in commands)
        {
            if (next.Tree != Tree)
            {
                next.Tree.Commands.Add(command);
            }

            command.OnRenewed();
        }
    }

    // A close of this scope has begun, which waits until the commands have said so: nothing is raised for a view afterwards.
    private void NotifyCommandsOfClose()
    {
        List<TaskCommandBase> commands = Tree.Commands.Within(this);
        if (commands.Count == 0 || (Tree.Loop is { IsRunning: true } loop && loop.CheckAccess()))
        {
            Notify();
        }
        else
        {
            Tree.DispatchInOrder(_ => Notify(), null);
        }

        void Notify()
        {
            commands.ForEach(static command => command.NotifyChanged());
            EndShown();
        }
    }

    /// <summary>After the close: the commands let go of the runs they have shown.</summary>
    internal void CloseCommands()
    {
        if (!Tree.Commands.IsEmpty)
        {
            Tree.Commands.Within(this).ForEach(static command => command.OnScopeClosed());
        }
    }
}
