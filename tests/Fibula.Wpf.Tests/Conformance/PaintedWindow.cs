using System.Windows;
using System.Windows.Media;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>A window that tells when it is painted.</summary>
internal sealed class PaintedWindow : Window
{
    private readonly Queue<TaskCompletionSource> _awaited = [];

    public void Repaint(TaskCompletionSource painted)
    {
        _awaited.Enqueue(painted);
        InvalidateVisual();
    }

    protected override void OnRender(DrawingContext drawingContext)
    {
        base.OnRender(drawingContext);
        while (_awaited.TryDequeue(out TaskCompletionSource? painted))
        {
            painted.SetResult();
        }
    }
}
