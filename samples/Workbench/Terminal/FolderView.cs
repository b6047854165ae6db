using System.ComponentModel;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>One folder: how far its scan is, the groups found, and the files of the selected group.</summary>
internal sealed class FolderView : View
{
    private const int DetailsHeight = 7;

    private readonly TextLine _status = new() { Y = 1 };
    private readonly TextLine _found = new() { Y = 2 };
    private readonly Bar _bar = new() { Y = 3 };
    private readonly TextLine _leftOut = new() { Y = 3 };
    private readonly TextLine _searchMark = new() { Y = 4, Width = 8, Line = "Search:", Visible = false };
    private readonly TextField _searchField = new() { X = 8, Y = 4, Width = Dim.Fill(), Visible = false };
    private readonly GroupSearch _search;
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
        _search = new GroupSearch(folder);
        CanFocus = true;
        Width = Dim.Fill();
        Height = Dim.Fill();
        Add(new TextLine { Line = folder.Folder }, _status, _found, _bar, _leftOut, _searchMark, _searchField, _groups, _details);
        _search.Changed += ShowResult;
        _searchField.TextChanged += (_, _) => _search.Text = _searchField.Text;
        _searchField.Accepting += OnSearchAccepting;
        _groups.RowChanged += ShowDetails;
        folder.PropertyChanged += OnFolderChanged;
        ShowStatus();
        ShowResult();
        ShowLeftOut();
    }

    public FolderScan Folder { get; }

    /// <summary>The selected group, of which the selected file is to stay; null where there is none.</summary>
    public DuplicateChoice? Choice =>
        _groups.Row >= 0 && _groups.Row < _search.Groups.Count && _details.Selected is { } kept ? new DuplicateChoice(_search.Groups[_groups.Row], kept) : null;

    /// <summary>All groups in the list.</summary>
    public IReadOnlyList<DuplicateChoice> AllChoices => DuplicateChoice.KeepFirst(_search.Groups);

    /// <summary>Shows the search line, and gives it the keys.</summary>
    public void StartSearch()
    {
        _searchMark.Visible = _searchField.Visible = true;
        _searchField.SetFocus();
    }

    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.Esc && _searchField.Visible)
        {
            EndSearch();
            return true;
        }

        if (key == Key.CursorDown && _searchField.HasFocus)
        {
            _groups.SetFocus();
            return true;
        }

        return base.OnKeyDown(key);
    }

    protected override void Dispose(bool disposing)
    {
        Folder.PropertyChanged -= OnFolderChanged;
        base.Dispose(disposing);
    }

    private void EndSearch()
    {
        _searchField.Text = "";
        _searchMark.Visible = _searchField.Visible = false;
        _groups.SetFocus();
    }

    private void OnSearchAccepting(object? sender, CommandEventArgs e)
    {
        e.Handled = true;
        _groups.SetFocus();
    }

    private void OnFolderChanged(object? sender, PropertyChangedEventArgs change)
    {
        ShowStatus();
        if (change.PropertyName == nameof(FolderScan.Result))
        {
            ShowLeftOut();
        }
    }

    private void ShowStatus()
    {
        _status.Line = StatusText.Of(Folder);
        ShowFound();
        _bar.Visible = Folder is { IsRunning: true, Result: null };
        _leftOut.Visible = !_bar.Visible;
        _bar.Fraction = Folder.Progress is { BytesTotal: > 0 } progress ? (double)progress.BytesDone / progress.BytesTotal : 0;
    }

    private void ShowFound() => _found.Line = _search.Summary is { Length: > 0 } summary ? summary : StatusText.Found(Folder);

    private void ShowResult()
    {
        ShowFound();
        _groups.Show(_search.Groups, (group, column) => column switch
        {
            0 => ByteSize.Format(group.WastedBytes),
            1 => ByteSize.Format(group.Size),
            2 => $"{group.Paths.Count:N0}",
            _ => Path.GetRelativePath(Folder.Folder, group.Paths[0]),
        });
    }

    private void ShowLeftOut()
    {
        string leftOut = SkipSummary.Format(Folder.Result?.Skipped ?? []);
        _leftOut.Line = leftOut.Length > 0 ? $"Left out: {leftOut}." : "";
    }

    private void ShowDetails(int row)
    {
        if (row >= 0)
        {
            _details.Show(_search.Groups[row], Folder.Folder);
        }
        else
        {
            _details.Clear();
        }
    }
}
