namespace Fibula.Tests.Examples;

internal sealed class Button : Control
{
    public event EventHandler? Click;

    public void PerformClick() => Click?.Invoke(this, EventArgs.Empty);
}
