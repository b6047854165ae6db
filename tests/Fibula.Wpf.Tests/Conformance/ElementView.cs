using System.Windows;
using System.Windows.Controls;
using Fibula.Testing;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>An element in a panel, on the first of two tabs.</summary>
internal sealed class ElementView : LoopView
{
    private readonly Label _view;
    private readonly StackPanel _panel;
    private readonly TabControl _tabs;

    public ElementView(string name)
    {
        _view = new Label { Name = name };
        _panel = new StackPanel();
        _tabs = new TabControl { Items = { new TabItem { Content = _panel }, new TabItem() } };
    }

    public override TaskScope Tasks => _view.Tasks;

    public override IReadOnlyList<string> WaysToHide => ["element", "panel around it", "another tab"];

    public override void PutInto(LoopWindow window)
    {
        _panel.Children.Add(_view);
        ((Window)window.View).Content = _tabs;
    }

    public override void SetShown(string way, bool isShown)
    {
        switch (way)
        {
            case "element":
                _view.Visibility = VisibilityOf(isShown);
                break;
            case "panel around it":
                _panel.Visibility = VisibilityOf(isShown);
                break;
            default:
                _tabs.SelectedIndex = isShown ? 0 : 1;
                break;
        }
    }

    public override void End() => _panel.Children.Clear();

    private static Visibility VisibilityOf(bool isShown) => isShown ? Visibility.Visible : Visibility.Hidden;
}
