using System.Windows.Forms;
using Fibula.Testing;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>The panel of Windows Forms, used by the mouse and by keys.</summary>
internal sealed class ControlPanel(TaskScope scope) : LoopPanel
{
    private readonly WindowsFormsTaskPanel _panel = new(scope) { Dock = DockStyle.Fill };

    public override IReadOnlyList<string> Rows => [.. Find<ListView>().Items.Cast<ListViewItem>().Select(TextOf)];

    public override string? Summary => Find<Label>().Text;

    public override bool OffersCancel => Find<Button>().Enabled;

    public override IReadOnlyList<string> WaysToCancel => ["button", "Delete"];

    public override void PutInto(LoopWindow window) => ((Form)window.View).Controls.Add(_panel);

    public override void TakeOut() => _panel.Parent!.Controls.Remove(_panel);

    public override void Select(int row) => Find<ListView>().Items[row].Selected = true;

    public override void Cancel(string way)
    {
        if (way == "button")
        {
            User32.Click(Find<Button>());
        }
        else
        {
            User32.Press(Find<ListView>(), Keys.Delete);
        }
    }

    public override bool CancelSelected() => _panel.CancelSelected();

    private static string TextOf(ListViewItem row) => string.Join(" | ", row.SubItems.Cast<ListViewItem.ListViewSubItem>().Select(static cell => cell.Text));

    private static IEnumerable<Control> Descendants(Control control) =>
        control.Controls.Cast<Control>().SelectMany(static child => Descendants(child).Prepend(child));

    private T Find<T>()
        where T : Control =>
        Descendants(_panel).OfType<T>().First();
}
