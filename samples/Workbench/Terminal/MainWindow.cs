using System.Collections.Specialized;
using System.ComponentModel;
using Fibula;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>The terminal's only window: a tab for each folder, and the keys at the bottom.</summary>
internal sealed class MainWindow : Window
{
    private readonly WorkbenchApp _app;
    private readonly IReadOnlyList<KeyAction> _keys;
    private readonly TabStrip _strip = new();
    private readonly TextLine _message = new() { Y = 1 };
    private readonly List<string> _messages = [];
    private readonly View _content = new() { Y = 2, Width = Dim.Fill(), Height = Dim.Fill(1), CanFocus = true };
    private readonly TextLine _hint = new() { Y = 2, Line = "No folder is open. Press a to add one, or q to quit." };
    private readonly List<FolderView> _tabs = [];
    private int _selected;

    public MainWindow(WorkbenchApp app)
    {
        _app = app;
        Title = "Workbench";
        BorderStyle = LineStyle.None;
        _keys = CreateKeys();
        Add(_strip, _message, _hint, _content, new StatusBar(_keys.Where(key => key.Title is not null).Select(key => new Shortcut(key.Key, key.Title!, key.Act))));
        foreach (FolderScan folder in app.Folders)
        {
            AddTab(folder);
        }

        Select(0);
        ((INotifyCollectionChanged)app.Folders).CollectionChanged += OnFoldersChanged;
        app.Told += ShowMessage;
    }

    private FolderView? Selected => _tabs.ElementAtOrDefault(_selected);

    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.CursorLeft || key == Key.CursorRight)
        {
            Select(_selected + (key == Key.CursorLeft ? -1 : 1));
            return true;
        }

        if (key.AsRune.Value is >= '1' and <= '9')
        {
            Select(key.AsRune.Value - '1');
            return true;
        }

        if (_keys.FirstOrDefault(action => action.Key == key) is { } known)
        {
            known.Act();
            return true;
        }

        // The toolkit quits with it. Here it closes dialogs, and once too often must not cost an hour of scanning.
        return key == Key.Esc || base.OnKeyDown(key);
    }

    private IReadOnlyList<KeyAction> CreateKeys() =>
    [
        new(Key.S, "Scan", "scans the folder again; a scan that runs is canceled first", () => Selected?.Folder.Start()),
        new(Key.C, "Cancel", "cancels the scan, and shows what it has found until then", () => Selected?.Folder.Cancel()),
        new((Key)'/', "Search", "shows only groups that have a text in a path; Esc shows all again", () => Selected?.StartSearch()),
        new(Key.D, "Trash", "moves duplicates to the trash", MoveToTrash),
        new(Key.U, null, "undoes that: moves back what was moved last", Undo),
        new(Key.E, null, "exports what was found to a file, as CSV or JSON", Export),
        new(Key.K, null, "lists what was left out, and why", ShowLeftOut),
        new(Key.A, null, "adds a folder", AddFolder),
        new(Key.W, "Close", "closes the tab: its work ends, and nothing else does", CloseTab),
        new(Key.T, null, "lists the tasks that run; c cancels the selected one", ShowTasks),
        new(Key.M, null, "lists the messages that have come", ShowMessages),
        new((Key)'?', "Keys", "lists the keys", ShowKeys),
        new(Key.Q, "Quit", "quits: scans that run are canceled", RequestStop),
    ];

    private void AddFolder()
    {
        using var dialog = new PathDialog(
            "Add a folder (Enter adds it, Esc does not)", "", path => path.Length == 0 ? "Type the name of a folder." : null);
        App!.Run(dialog);
        if (dialog.Path is { } folder)
        {
            _app.Open(folder).Start();
        }
    }

    private void CloseTab()
    {
        if (Selected is { } tab)
        {
            this.Tasks.Own(_app.CloseAsync(tab.Folder));
        }
    }

    private void MoveToTrash()
    {
        if (!TrashCan.IsSupported)
        {
            ShowMessage("There is no trash known on this system. Move the files yourself.");
        }
        else if (Selected is { Folder: { } folder } tab)
        {
            using var dialog = new TrashDialog(tab.Choice, tab.AllChoices, folder.Folder);
            App!.Run(dialog);
            if (dialog.Choice.Count > 0)
            {
                _app.Removal.Move(folder, dialog.Choice);
            }
        }
    }

    private void Undo()
    {
        if (_app.Removal.Undo(_app.Tasks) is null)
        {
            ShowMessage("There is nothing to move back.");
        }
    }

    private void Export()
    {
        if (Selected is not { Folder: { Result.Problem: null } folder })
        {
            ShowMessage("There is no result to export yet.");
            return;
        }

        string? replaced = null;
        string suggestion = Path.GetFullPath($"{VisibleText.Of(Path.GetFileName(folder.Folder))} duplicates.csv");
        using var dialog = new PathDialog("Export to a .csv or .json file (Enter writes it)", suggestion, path =>
        {
            bool mayBeReplaced = path == replaced;
            replaced = path;
            return ReportFile.FindProblem(path)
                ?? (File.Exists(path) && !mayBeReplaced ? "There is such a file already. Enter once more replaces it." : null);
        });
        App!.Run(dialog);
        if (dialog.Path is { } file)
        {
            _app.Export(folder, file);
        }
    }

    private void ShowMessage(string sentence)
    {
        _message.Line = sentence;
        _messages.Add(sentence);
    }

    private void ShowMessages() => Show(new TextDialog("Messages", _messages.Count > 0 ? _messages : ["There were none."]));

    private void ShowKeys() => Show(new TextDialog(
        "Keys", [.. _keys.Select(key => $"{key.Key.AsRune}  {key.Help}"), "←  →  1 … 9  another tab", "↑  ↓  Tab  another group, or down into its files"]));

    private void Show(Window dialog)
    {
        App!.Run(dialog);
        dialog.Dispose();
    }

    private void ShowLeftOut()
    {
        if (Selected?.Folder is { Result: { } result })
        {
            Show(new LeftOutDialog(result));
        }
    }

    private void ShowTasks() => Show(new TasksDialog(_app.Tasks));

    private void OnFoldersChanged(object? sender, NotifyCollectionChangedEventArgs change)
    {
        foreach (FolderScan folder in change.OldItems?.Cast<FolderScan>() ?? [])
        {
            RemoveTab(_tabs.Single(tab => tab.Folder == folder));
        }

        foreach (FolderScan folder in change.NewItems?.Cast<FolderScan>() ?? [])
        {
            AddTab(folder);
            Select(_tabs.Count - 1);
        }
    }

    private void AddTab(FolderScan folder)
    {
        var tab = new FolderView(folder) { Visible = false };
        folder.PropertyChanged += OnFolderChanged;
        FolderWatch.Begin(folder, _app.Tell);
        _tabs.Add(tab);
        _content.Add(tab);
    }

    private void RemoveTab(FolderView tab)
    {
        tab.Folder.PropertyChanged -= OnFolderChanged;
        _tabs.Remove(tab);
        _content.Remove(tab);
        tab.Dispose();
        Select(_selected);
    }

    private void OnFolderChanged(object? sender, PropertyChangedEventArgs change)
    {
        if (change.PropertyName == nameof(FolderScan.State))
        {
            _strip.SetNeedsDraw();
        }
    }

    private void Select(int tab)
    {
        _selected = Math.Clamp(tab, 0, Math.Max(0, _tabs.Count - 1));
        _strip.Show(_app.Folders, _selected);
        _hint.Visible = _tabs.Count == 0;
        _content.Visible = _tabs.Count > 0;
        foreach (FolderView other in _tabs)
        {
            other.Visible = other == Selected;
        }

        Selected?.SetFocus();
    }
}
