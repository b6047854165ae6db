using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Forgotten;

/// <summary>Is closed while it still prints.</summary>
internal sealed class PrintWindow : Window
{
    private readonly Ledger _ledger;
    private readonly Outside _outside;
    private readonly Label _state = new() { Text = "Ready.", Y = 2, Width = Dim.Fill() };

    public PrintWindow(Ledger ledger, Outside outside)
    {
        _ledger = ledger;
        _outside = outside;
        Title = "Print";
        X = Pos.Center();
        Y = Pos.Center();
        Width = 30;
        Height = 7;
        var ok = new Button { Text = "OK" };
        ok.Accepting += (_, e) =>
        {
            e.Handled = true;
            Print();
            App!.RequestStop(this);
        };
        Add(ok, _state);
    }

    public async void Print()
    {
        using Work work = _ledger.Begin("Print");
        await _outside.PrintAsync();
        _state.Text = "Printed.";
        _ledger.Write("Print has printed.");
    }
}
