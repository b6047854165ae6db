using System.Windows.Forms;

namespace Fibula;

/// <summary>A control and all that it is in: Windows Forms tells a control when what is around it is shown, but not when that is hidden.</summary>
internal sealed class ControlLine
{
    private readonly Control _view;
    private readonly Action<Control> _changed;
    private readonly List<Control> _line = [];

    public ControlLine(Control view, Action<Control> changed)
    {
        _view = view;
        _changed = changed;
        view.Disposed += (_, _) => Leave();
        Follow();
    }

    private void Follow()
    {
        for (Control? control = _view; control is not null; control = control.Parent)
        {
            control.VisibleChanged += OnVisibleChanged;
            control.ParentChanged += OnParentChanged;
            _line.Add(control);
        }
    }

    private void Leave()
    {
        foreach (Control control in _line)
        {
            control.VisibleChanged -= OnVisibleChanged;
            control.ParentChanged -= OnParentChanged;
        }

        _line.Clear();
    }

    private void OnVisibleChanged(object? sender, EventArgs e) => _changed(_view);

    private void OnParentChanged(object? sender, EventArgs e)
    {
        Leave();
        Follow();
        _changed(_view);
    }
}
