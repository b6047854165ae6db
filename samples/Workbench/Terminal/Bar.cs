using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>How much is done, as wide as there is room.</summary>
internal sealed class Bar : View
{
    public Bar()
    {
        Width = Dim.Fill();
        Height = 1;
    }

    /// <summary>From 0 to 1.</summary>
    public double Fraction
    {
        get;
        set
        {
            field = Math.Clamp(value, 0, 1);
            SetNeedsDraw();
        }
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        int full = (int)(Fraction * Viewport.Width);
        Move(0, 0);
        AddStr(new string('█', full) + new string('░', Viewport.Width - full));
        return true;
    }
}
