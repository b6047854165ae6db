using Avalonia;
using Avalonia.Controls;
using Avalonia.VisualTree;

namespace Fibula;

/// <summary>A control and all that it is in: Avalonia tells a control of its own visibility only, not of that of what is around it.</summary>
internal sealed class ControlLine
{
    private readonly Control _view;
    private readonly Action<Control, bool> _changed;
    private readonly List<Visual> _line = [];

    public ControlLine(Control view, Action<Control, bool> changed)
    {
        _view = view;
        _changed = changed;
        view.AttachedToVisualTree += (_, _) => Move(isAttached: true);
        view.DetachedFromVisualTree += (_, _) => Move(isAttached: false);
        Follow();
    }

    private void Follow()
    {
        _line.AddRange(_view.GetSelfAndVisualAncestors());
        _line.ForEach(part => part.PropertyChanged += OnPropertyChanged);
    }

    private void Move(bool isAttached)
    {
        _line.ForEach(part => part.PropertyChanged -= OnPropertyChanged);
        _line.Clear();
        Follow();
        _changed(_view, isAttached);
    }

    private void OnPropertyChanged(object? sender, AvaloniaPropertyChangedEventArgs e)
    {
        if (e.Property == Visual.IsVisibleProperty)
        {
            _changed(_view, _view.IsAttachedToVisualTree());
        }
    }
}
