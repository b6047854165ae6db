using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>The panel of GTK 4: a grid, whose rows have a button each and above a line about all tasks.</summary>
internal sealed class Gtk4Panel : LoopPanel
{
    private const int Subject = 0, State = 1, Progress = 2, Time = 3, CancelButton = 4;

    // Held, so that it outlives its being taken out.
    private readonly nint _grid;
    private nint _window;

    public Gtk4Panel(TaskScope scope) => _grid = Gtk4.RefSink(new GtkTaskPanel(scope).Handle);

    public override IReadOnlyList<string> Rows =>
        [.. Enumerable.Range(0, SummaryRow).Select(row => string.Join(" | ", new[] { State, Progress, Time, Subject }.Select(column => Text(column, row))))];

    public override string? Summary => Text(Subject, SummaryRow);

    public override bool OffersCancel => SummaryRow > 0 && Gtk4.IsSensitive(Gtk4.ChildAt(_grid, CancelButton, 0));

    public override IReadOnlyList<string> WaysToCancel => ["button"];

    private int SummaryRow => Enumerable.Range(0, 100).First(row => Gtk4.ChildAt(_grid, State, row) == Gtk4.ChildAt(_grid, Subject, row));

    public override void PutInto(LoopWindow window)
    {
        _window = ((Gtk4Window)window).Handle;
        Gtk4.SetChild(_window, _grid);
    }

    public override void TakeOut() => Gtk4.SetChild(_window, 0);

    public override void Select(int row) => Assert.NotEqual(0, Gtk4.GrabFocus(Gtk4.ChildAt(_grid, CancelButton, row)));

    public override void Cancel(string way) => Gtk4.Emit(Button(), "clicked");

    public override bool CancelSelected()
    {
        bool isRunning = OffersCancel;
        if (isRunning)
        {
            Cancel("button");
        }

        return isRunning;
    }

    private nint Button() => Gtk4.FocusOf(_window) is not 0 and var focus ? focus : Gtk4.ChildAt(_grid, CancelButton, 0);

    private string? Text(int column, int row) => Gtk4.TextOf(Gtk4.ChildAt(_grid, column, row), isProgress: column == Progress);
}
