using System.Windows.Input;

namespace Fibula;

/// <summary>The other button: cancels the runs of a command.</summary>
/// <param name="hasRuns">Whether there are runs to cancel.</param>
/// <param name="cancel">Requests their cancellation.</param>
internal sealed class CancelRunsCommand(Func<bool> hasRuns, Action cancel) : ICommand
{
    private bool _could;

    public event EventHandler? CanExecuteChanged;

    public bool CanExecute(object? parameter) => hasRuns();

    public void Execute(object? parameter) => cancel();

    /// <summary>On the UI thread: runs have begun or ended.</summary>
    /// <param name="can">Whether there are any now.</param>
    /// <param name="loop">The loop of the command.</param>
    public void NotifyChanged(bool can, UiLoop? loop)
    {
        if (can != _could)
        {
            _could = can;
            CanExecuteEvent.Raise(CanExecuteChanged, this, loop);
        }
    }
}
