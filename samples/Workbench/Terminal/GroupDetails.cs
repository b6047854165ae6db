using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>All files of one group, each path in as many lines as it takes.</summary>
internal sealed class GroupDetails : View
{
    private const string Indent = "    ";

    private readonly TextLine _title = new();
    private readonly RowTable _paths = new(new RowTable.Column("")) { Y = 1 };
    private IReadOnlyList<string> _shown = [];

    public GroupDetails()
    {
        CanFocus = true;
        Width = Dim.Fill();
        Add(_title, _paths);
        _paths.FrameChanged += (_, _) => ShowLines();
    }

    public void Show(DuplicateGroup group, string folder)
    {
        _title.Line = $"── {Counted.Format(group.Paths.Count, "file")} of {ByteSize.Format(group.Size)}, all with the same content:";
        _shown = [.. group.Paths.Select(path => DrawnText.Of(Path.GetRelativePath(folder, path)))];
        ShowLines();
    }

    public void Clear()
    {
        _title.Line = "";
        _shown = [];
        ShowLines();
    }

    private void ShowLines()
    {
        List<string> lines = [.. _shown.SelectMany(path => DrawnText.Wrap(path, Viewport.Width - 1, Indent))];
        _paths.Show(lines, (line, _) => line);
    }
}
