using Terminal.Gui.Drawing;
using Terminal.Gui.Text;
using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>The names of the open folders in one line, the selected one marked; a star tells that its scan runs.</summary>
internal sealed class TabStrip : View
{
    private IReadOnlyList<FolderScan> _folders = [];
    private int _selected;

    public TabStrip()
    {
        Width = Dim.Fill();
        Height = 1;
    }

    public void Show(IReadOnlyList<FolderScan> folders, int selected)
    {
        _folders = folders;
        _selected = selected;
        SetNeedsDraw();
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        string[] tabs = [.. _folders.Select((folder, index) => TitleOf(folder, index, index == _selected))];

        // Those in front go out of sight until the selected one is in sight.
        int first = 0;
        while (first < _selected && tabs[first..(_selected + 1)].Sum(tab => tab.GetColumns()) > Viewport.Width)
        {
            first++;
        }

        Move(0, 0);
        int left = Viewport.Width;
        for (int tab = first; tab < tabs.Length && left > 0; tab++)
        {
            SetAttributeForRole(tab == _selected ? VisualRole.Focus : VisualRole.Normal);
            AddStr(DrawnText.Fit(tabs[tab], left));
            left -= tabs[tab].GetColumns();
        }

        return true;
    }

    private static string TitleOf(FolderScan folder, int index, bool isSelected)
    {
        string name = Path.GetFileName(folder.Folder) is { Length: > 0 } last ? last : folder.Folder;
        string title = DrawnText.Of($"{index + 1} {name}{(folder.IsRunning ? "*" : "")}");
        return isSelected ? $"[{title}]" : $" {title} ";
    }
}
