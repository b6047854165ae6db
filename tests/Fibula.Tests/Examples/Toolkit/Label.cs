namespace Fibula.Tests.Examples;

internal sealed class Label : Control
{
    public string? Text { get; set; }
}
