using System.Windows.Forms;
using Fibula.Testing;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>A control in a panel, on the first of two tabs.</summary>
internal sealed class ControlView : LoopView
{
    private readonly Label _view;
    private readonly Panel _panel;
    private readonly TabControl _tabs;

    public ControlView(string name)
    {
        _view = new Label { Name = name };
        _panel = new Panel();
        _tabs = new TabControl { TabPages = { new TabPage { Controls = { _panel } }, new TabPage() } };
    }

    public override TaskScope Tasks => _view.Tasks;

    public override IReadOnlyList<string> WaysToHide => ["control", "panel around it", "another tab"];

    public override void PutInto(LoopWindow window)
    {
        _panel.Controls.Add(_view);
        ((Form)window.View).Controls.Add(_tabs);
    }

    public override void SetShown(string way, bool isShown)
    {
        switch (way)
        {
            case "control":
                _view.Visible = isShown;
                break;
            case "panel around it":
                _panel.Visible = isShown;
                break;
            default:
                _tabs.SelectedIndex = isShown ? 0 : 1;
                break;
        }
    }

    public override void End() => _view.Dispose();
}
