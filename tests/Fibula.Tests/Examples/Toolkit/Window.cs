using System.ComponentModel;

namespace Fibula.Tests.Examples;

internal class Window(TaskScope scope) : Control
{
    public event CancelEventHandler? Closing;

    public event EventHandler? Closed;

    public string Title { get; init; } = "";

    /// <summary>What an adapter keeps for the window.</summary>
    public TaskScope Scope => scope;

    public void Close()
    {
        var closing = new CancelEventArgs();
        Closing?.Invoke(this, closing);
        if (!closing.Cancel)
        {
            Closed?.Invoke(this, EventArgs.Empty);
        }
    }
}
