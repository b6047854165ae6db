namespace Fibula.Tests.Examples;

internal sealed class TextBox : Control
{
    public event EventHandler? TextChanged;

    public string Text
    {
        get;
        set
        {
            field = value;
            TextChanged?.Invoke(this, EventArgs.Empty);
        }
    } = "";
}
