namespace Fibula.Tests.Examples;

/// <summary>A control of the toolkit that the examples are written for: it has what all toolkits have.</summary>
internal class Control
{
    public event EventHandler? Disposed;

    public string? Name { get; init; }

    public Control? Parent { get; init; }

    public void Dispose() => Disposed?.Invoke(this, EventArgs.Empty);
}
