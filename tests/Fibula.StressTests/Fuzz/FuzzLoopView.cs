using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>A view that is in no window.</summary>
internal sealed class FuzzLoopView : LoopView
{
    public override TaskScope Tasks => new(new ManualLoop(), "nowhere");

    public override IReadOnlyList<string> WaysToHide => [];

    public override void PutInto(LoopWindow window)
    {
    }

    public override void SetShown(string way, bool isShown)
    {
    }

    public override void End()
    {
    }
}
