using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Forgotten;

/// <summary>Buttons for what happens around the program.</summary>
internal sealed class OutsideView : View
{
    public OutsideView(Outside outside)
    {
        Width = Dim.Fill();
        Height = 1;
        CanFocus = true;
        var order = new Button { Text = "Send an order" };
        order.Accepting += (_, e) =>
        {
            e.Handled = true;
            outside.SendOrder();
        };
        var paper = new Button { Text = "Give paper", X = Pos.Right(order) };
        paper.Accepting += (_, e) =>
        {
            e.Handled = true;
            outside.GivePaper();
        };
        Add(order, paper);
    }
}
