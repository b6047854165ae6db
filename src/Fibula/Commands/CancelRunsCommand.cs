using System.Windows.Input;

namespace Fibula;

/// <summary>The other button: tells the runs of a command to cancel.</summary>
internal sealed class CancelRunsCommand(TaskCommandBase command) : ICommand
{
    private bool _could;

    public event EventHandler? CanExecuteChanged;

    public bool CanExecute(object? parameter) => command.RunningCount + command.QueuedCount > 0;

    public void Execute(object? parameter) =>
        command.CancelAll(command.Scope.Tree.NewReason($"the cancel command of '{command.Name}'", $"The user canceled '{command.Name}'."));

    /// <summary>On the UI thread: runs have begun or ended.</summary>
    public void NotifyChanged()
    {
        // As it is now: a subscriber of the command may have shown a dialog, and other runs came and went meanwhile.
        bool can = CanExecute(null);
        if (can != _could)
        {
            _could = can;
            TaskCommandBase.RaiseCanExecuteChanged(CanExecuteChanged, this, command.Scope.Loop);
        }
    }
}
