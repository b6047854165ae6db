using Fibula.Testing;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Conformance;

/// <summary>A view in a frame.</summary>
internal sealed class SessionView : LoopView
{
    private readonly Label _view;
    private readonly FrameView _frame = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private View? _window;

    public SessionView(string name) => _view = new Label { Id = name, Text = name };

    public override TaskScope Tasks => _view.Tasks;

    public override IReadOnlyList<string> WaysToHide => ["view", "frame around it", "taking it out of its window"];

    public override void PutInto(LoopWindow window)
    {
        _window = (View)window.View;
        _frame.Add(_view);
        _window.Add(_frame);
    }

    public override void SetShown(string way, bool isShown)
    {
        switch (way)
        {
            case "view":
                _view.Visible = isShown;
                break;
            case "frame around it":
                _frame.Visible = isShown;
                break;
            default:
                _ = isShown ? _window!.Add(_frame) : _window!.Remove(_frame);
                break;
        }
    }

    public override void End()
    {
        _frame.Remove(_view);
        _view.Dispose();
    }
}
