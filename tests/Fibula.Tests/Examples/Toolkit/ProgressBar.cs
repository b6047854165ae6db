namespace Fibula.Tests.Examples;

internal sealed class ProgressBar : Control
{
    public double Value { get; set; }

    public bool IsIndeterminate { get; set; }
}
