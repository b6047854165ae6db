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
    private readonly TabStrip _strip = new();
    private readonly View _content = new() { Y = 2, Width = Dim.Fill(), Height = Dim.Fill(1), CanFocus = true };
    private readonly TextLine _hint = new() { Y = 2, Line = "No folder is open. Press a to add one, or q to quit." };
    private readonly List<FolderView> _tabs = [];
    private int _selected;

    public MainWindow(WorkbenchApp app)
    {
        _app = app;
        Title = "Workbench";
        BorderStyle = LineStyle.None;
        Add(_strip, _hint, _content, CreateKeys());
        foreach (FolderScan folder in app.Folders)
        {
            AddTab(folder);
        }

        Select(0);
        ((INotifyCollectionChanged)app.Folders).CollectionChanged += OnFoldersChanged;
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

        // The toolkit quits with it. Here it closes dialogs, and once too often must not cost an hour of scanning.
        return key == Key.Esc || base.OnKeyDown(key);
    }

    private StatusBar CreateKeys() => new(
    [
        new Shortcut(Key.S, "Scan", () => Selected?.Folder.Start()),
        new Shortcut(Key.C, "Cancel", () => Selected?.Folder.Cancel()),
        new Shortcut(Key.A, "Add", AddFolder),
        new Shortcut(Key.W, "Close", CloseTab),
        new Shortcut(Key.K, "Left out", ShowLeftOut),
        new Shortcut(Key.T, "Tasks", ShowTasks),
        new Shortcut(Key.Q, "Quit", RequestStop),
    ]);

    private void AddFolder()
    {
        using var dialog = new AddFolderDialog();
        App!.Run(dialog);
        if (dialog.Folder is { } folder)
        {
            _app.Open(folder).Start();
        }
    }

    // docs: close
    private void CloseTab()
    {
        if (Selected is { } tab)
        {
            this.Tasks.Own(_app.CloseAsync(tab.Folder));
        }
    }
    // docs: end

    private void ShowLeftOut()
    {
        if (Selected?.Folder is { Result: { } result })
        {
            using var dialog = new LeftOutDialog(result);
            App!.Run(dialog);
        }
    }

    private void ShowTasks()
    {
        using var dialog = new TasksDialog(_app.Tasks);
        App!.Run(dialog);
    }

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
