using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>What a scan has left out, and why.</summary>
internal sealed class LeftOutDialog : Window
{
    private readonly TextLine _why = new() { Y = Pos.AnchorEnd(1) };
    private readonly RowTable _paths = new(new("Why", 14), new("Path")) { Height = Dim.Fill(2) };

    public LeftOutDialog(ScanResult result)
    {
        Title = $"Left out: {Counted.Format(result.Skipped.Count, "path")} (Esc closes)";
        Y = 1;
        Width = Dim.Fill();
        Height = Dim.Fill(1);
        Add(_paths, _why);
        _paths.RowChanged += row => _why.Line = row >= 0 ? result.Skipped[row].Why : "Nothing was left out.";
        _paths.Show(result.Skipped, (skipped, column) =>
            column == 0 ? SkipSummary.NameOf(skipped.Reason) : Path.GetRelativePath(result.Root, skipped.Path));
    }
}
