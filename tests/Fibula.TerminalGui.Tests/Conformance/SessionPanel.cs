using System.Drawing;
using Fibula.Testing;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Conformance;

/// <summary>The panel of Terminal.Gui, as it stands on the screen.</summary>
internal sealed class SessionPanel(IApplication application, TaskScope scope) : LoopPanel
{
    private static readonly InputInjectionOptions ThroughTheInputQueue = new() { Mode = InputInjectionMode.Pipeline, AutoProcess = false };

    private readonly TerminalTaskPanel _panel = new(scope) { Width = Dim.Fill(), Height = Dim.Fill() };

    public override IReadOnlyList<string> Rows =>
        Screen() is [var header, _, .. var lines] ? [.. lines.TakeWhile(static line => line.Trim() is not ("" or "No task is running.")).Select(line => TextOf(line, header))] : [];

    public override string? Summary => Screen() is [_, _, var line, ..] && line.StartsWith("No ", StringComparison.Ordinal) ? line.Trim() : null;

    public override bool OffersCancel => Table.Value is { } selection && selection.SelectedCell.Y < Rows.Count;

    public override IReadOnlyList<string> WaysToCancel => ["c", "Delete"];

    private TableView Table => _panel.SubViews.OfType<TableView>().Single();

    public override void PutInto(LoopWindow window)
    {
        ((View)window.View).Add(_panel);
        _panel.SetFocus();
    }

    public override void TakeOut() => _panel.SuperView!.Remove(_panel);

    public override void Select(int row) => Table.SetSelection(0, row, extendExistingSelection: false);

    public override void Cancel(string way) => application.GetInputInjector().InjectKey(way == "c" ? Key.C : Key.Delete, ThroughTheInputQueue);

    public override bool CancelSelected() => _panel.CancelSelected();

    // Each column begins below its name; before the number the progress has a bar.
    private static string TextOf(string line, string header)
    {
        int[] columns = [.. new[] { "State", "Progress", "Time", "Task" }.Select(name => header.IndexOf(name, StringComparison.Ordinal)), line.Length];
        return string.Join(" | ", columns.Zip(columns[1..], (from, to) => line[from..to].Trim(' ', '█', '░')));
    }

    // What is on the screen where the panel is.
    private string[] Screen()
    {
        if (_panel.SuperView is null)
        {
            return [];
        }

        Rectangle place = _panel.FrameToScreen();
        string[] lines = application.Driver!.ToString()!.Split('\n');
        return [.. lines.Skip(place.Top).Take(place.Height).Select(line => line.PadRight(place.Right)[place.Left..place.Right])];
    }
}
