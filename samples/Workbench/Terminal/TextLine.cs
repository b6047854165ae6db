using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>One line of text as it stands, unlike a label, which takes an underscore for a hot key.</summary>
internal sealed class TextLine : View
{
    public TextLine()
    {
        Width = Dim.Fill();
        Height = 1;
    }

    public string Line
    {
        get;
        set
        {
            field = DrawnText.Of(value);
            SetNeedsDraw();
        }
    } = "";

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        AddStr(DrawnText.Fit(Line, Viewport.Width));
        return true;
    }
}
