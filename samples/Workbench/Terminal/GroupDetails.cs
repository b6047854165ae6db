using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>All files of one group, each path in as many lines as it takes.</summary>
internal sealed class GroupDetails : View
{
    private const string Indent = "    ";

    private readonly TextLine _title = new();
    private readonly RowTable _paths = new(new RowTable.Column("")) { Y = 1 };
    private IReadOnlyList<string> _files = [];
    private IReadOnlyList<string> _shown = [];
    private List<int> _fileOfLine = [];

    public GroupDetails()
    {
        CanFocus = true;
        Width = Dim.Fill();
        Add(_title, _paths);
        _paths.FrameChanged += (_, _) => ShowLines();
    }

    /// <summary>The file the cursor is on; null where no group is shown.</summary>
    public string? Selected => _paths.Row >= 0 && _paths.Row < _fileOfLine.Count ? _files[_fileOfLine[_paths.Row]] : null;

    public void Show(DuplicateGroup group, string folder)
    {
        _title.Line = $"── {Counted.Format(group.Paths.Count, "file")} of {ByteSize.Format(group.Size)}, all with the same content:";
        _files = group.Paths;
        _shown = [.. group.Paths.Select(path => DrawnText.Of(Path.GetRelativePath(folder, path)))];
        ShowLines();
    }

    public void Clear()
    {
        _title.Line = "";
        _files = _shown = [];
        ShowLines();
    }

    private void ShowLines()
    {
        List<(string Text, int File)> lines =
            [.. _shown.Index().SelectMany(path => DrawnText.Wrap(path.Item, Viewport.Width - 1, Indent).Select(line => (line, path.Index)))];
        _fileOfLine = [.. lines.Select(line => line.File)];
        _paths.Show(lines, (line, _) => line.Text);
    }
}
