using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Workbench;

/// <summary>Asks for a path.</summary>
internal sealed class PathDialog : Window
{
    private const string Home = "~";

    private readonly Func<string, string?> _findProblem;
    private readonly TextField _path = new() { X = 1, Y = 1, Width = Dim.Fill(1) };
    private readonly TextLine _problem = new() { X = 1, Y = 2, Width = Dim.Fill(1) };

    /// <param name="title">What it is for.</param>
    /// <param name="suggestion">What stands there already.</param>
    /// <param name="findProblem">Why a path won't do, in a sentence; null if it will.</param>
    public PathDialog(string title, string suggestion, Func<string, string?> findProblem)
    {
        Title = title;
        X = Pos.Center();
        Y = Pos.Center();
        Width = Dim.Percent(80);
        Height = 6;
        _findProblem = findProblem;
        _path.Text = suggestion;
        _path.MoveEnd();
        Add(_path, _problem);
        _path.Accepting += OnAccepting;
    }

    /// <summary>What was entered; null if nothing was.</summary>
    public string? Path { get; private set; }

    private void OnAccepting(object? sender, CommandEventArgs e)
    {
        e.Handled = true;
        string path = _path.Text.Trim();
        path = path == Home || path.StartsWith(Home + "/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[Home.Length..]
            : path;
        if (_findProblem(path) is { } problem)
        {
            _problem.Line = problem;
            return;
        }

        Path = path;
        RequestStop();
    }
}
