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

    /// <summary>On the UI thread.</summary>
    public void Notify(bool can)
    {
        if (can != _could)
        {
            _could = can;
            TaskCommandBase.RaiseCanExecuteChanged(CanExecuteChanged, this, command.Scope.Loop);
        }
    }
}
