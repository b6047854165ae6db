using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>A window that nobody sees.</summary>
internal sealed class FuzzLoopWindow : LoopWindow
{
    public override TaskScope Tasks => new(new ManualLoop(), "nowhere");

    public override object View => this;

    public override Task Closed => Task.CompletedTask;

    public override int ClosedCount => 0;

    public override int ClosedInsideClosingCount => 0;

    public override string? Title => null;

    public override bool TakesInput => false;

    public override void ClickClose()
    {
    }

    public override void SetShown(bool isShown)
    {
    }

    public override void CloseAfterTasks(bool waits)
    {
    }

    public override TaskScope AskForTasks() => Tasks;

    public override void Close()
    {
    }
}
