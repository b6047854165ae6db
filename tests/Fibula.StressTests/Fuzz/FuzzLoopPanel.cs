using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>A panel that lists nothing.</summary>
internal sealed class FuzzLoopPanel : LoopPanel
{
    public override IReadOnlyList<string> Rows => [];

    public override string? Summary => null;

    public override bool OffersCancel => false;

    public override IReadOnlyList<string> WaysToCancel => [];

    public override void PutInto(LoopWindow window)
    {
    }

    public override void TakeOut()
    {
    }

    public override void Select(int row)
    {
    }

    public override void Cancel(string way)
    {
    }

    public override bool CancelSelected() => false;
}
