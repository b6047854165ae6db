using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Forgotten;

/// <summary>Shows the ledger to whoever looks on.</summary>
internal sealed class LedgerView : Label
{
    public LedgerView(Ledger ledger)
    {
        Width = Dim.Fill();
        Height = Dim.Fill();
        ledger.Written += lines => Text = lines;
    }
}
