using System.ComponentModel;
using Terminal.Gui.ViewBase;

namespace Workbench;

/// <summary>One folder: how far its scan is, the groups found, and the files of the selected group.</summary>
internal sealed class FolderView : View
{
    private const int DetailsHeight = 7;

    private readonly TextLine _status = new() { Y = 1 };
    private readonly TextLine _found = new() { Y = 2 };
    private readonly Bar _bar = new() { Y = 3 };
    private readonly TextLine _leftOut = new() { Y = 3 };
    private readonly RowTable _groups = new(
        new("Wasted", 10, Alignment.End), new("Size", 10, Alignment.End), new("Files", 6, Alignment.End), new("First path"))
    {
        Y = 5,
        Height = Dim.Fill(DetailsHeight),
    };

    private readonly GroupDetails _details = new() { Y = Pos.AnchorEnd(DetailsHeight), Height = DetailsHeight };

    public FolderView(FolderScan folder)
    {
        Folder = folder;
        CanFocus = true;
        Width = Dim.Fill();
        Height = Dim.Fill();
        Add(new TextLine { Line = folder.Folder }, _status, _found, _bar, _leftOut, _groups, _details);
        _groups.RowChanged += ShowDetails;
        folder.PropertyChanged += OnFolderChanged;
        ShowStatus();
        ShowResult();
    }

    public FolderScan Folder { get; }

    protected override void Dispose(bool disposing)
    {
        Folder.PropertyChanged -= OnFolderChanged;
        base.Dispose(disposing);
    }

    private void OnFolderChanged(object? sender, PropertyChangedEventArgs change)
    {
        ShowStatus();
        if (change.PropertyName == nameof(FolderScan.Result))
        {
            ShowResult();
        }
    }

    private void ShowStatus()
    {
        _status.Line = StatusText.Of(Folder);
        _found.Line = StatusText.Found(Folder);
        _bar.Visible = Folder.IsRunning;
        _leftOut.Visible = !Folder.IsRunning;
        _bar.Fraction = Folder.Progress is { BytesTotal: > 0 } progress ? (double)progress.BytesDone / progress.BytesTotal : 0;
    }

    private void ShowResult()
    {
        _groups.Show(Folder.Groups, (group, column) => column switch
        {
            0 => ByteSize.Format(group.WastedBytes),
            1 => ByteSize.Format(group.Size),
            2 => $"{group.Paths.Count:N0}",
            _ => Path.GetRelativePath(Folder.Folder, group.Paths[0]),
        });
        string leftOut = SkipSummary.Format(Folder.Result?.Skipped ?? []);
        _leftOut.Line = leftOut.Length > 0 ? $"Left out: {leftOut}." : "";
    }

    private void ShowDetails(int row)
    {
        if (row >= 0)
        {
            _details.Show(Folder.Groups[row], Folder.Folder);
        }
        else
        {
            _details.Clear();
        }
    }
}
