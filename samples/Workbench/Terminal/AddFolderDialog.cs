using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Asks for a folder.</summary>
internal sealed class AddFolderDialog : Window
{
    private const string Home = "~";

    private readonly TextField _path = new() { X = 1, Y = 1, Width = Dim.Fill(1) };

    public AddFolderDialog()
    {
        Title = "Add a folder (Enter adds it, Esc does not)";
        X = Pos.Center();
        Y = Pos.Center();
        Width = Dim.Percent(80);
        Height = 5;
        Add(_path);
        _path.Accepting += OnAccepting;
    }

    /// <summary>What was entered; null if nothing was.</summary>
    public string? Folder { get; private set; }

    private void OnAccepting(object? sender, CommandEventArgs e)
    {
        e.Handled = true;
        string path = _path.Text.Trim();
        if (path.Length > 0)
        {
            Folder = path == Home || path.StartsWith(Home + "/", StringComparison.Ordinal)
                ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[Home.Length..]
                : path;
            RequestStop();
        }
    }
}
