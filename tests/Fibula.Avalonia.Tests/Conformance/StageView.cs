using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Testing;

namespace Fibula.Avalonia.Tests.Conformance;

/// <summary>A control in a panel, on the first of two tabs.</summary>
internal sealed class StageView : LoopView
{
    private readonly Border _view;
    private readonly StackPanel _panel;
    private readonly TabControl _tabs;

    public StageView(string name)
    {
        _view = new Border { Name = name };
        _panel = new StackPanel();
        var first = new TabItem { Template = Templates.Empty, Content = _panel };
        var second = new TabItem { Template = Templates.Empty, Content = new Border() };
        _tabs = new TabControl { Template = Templates.OfTabs, Items = { first, second } };
    }

    public override TaskScope Tasks => _view.Tasks;

    public override IReadOnlyList<string> WaysToHide => ["control", "panel around it", "another tab"];

    public override void PutInto(LoopWindow window)
    {
        _panel.Children.Add(_view);
        ((Window)window.View).Content = _tabs;
    }

    public override void SetShown(string way, bool isShown)
    {
        switch (way)
        {
            case "control":
                _view.IsVisible = isShown;
                break;
            case "panel around it":
                _panel.IsVisible = isShown;
                break;
            default:
                _tabs.SelectedIndex = isShown ? 0 : 1;
                break;
        }
    }

    public override void End() => _panel.Children.Clear();
}
