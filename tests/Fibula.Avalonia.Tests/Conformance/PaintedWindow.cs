using Avalonia.Controls;
using Avalonia.Media;

namespace Fibula.Avalonia.Tests.Conformance;

/// <summary>A window that tells when it is painted.</summary>
internal sealed class PaintedWindow : Window
{
    private readonly Queue<TaskCompletionSource> _awaited = [];

    public void Repaint(TaskCompletionSource painted)
    {
        _awaited.Enqueue(painted);
        InvalidateVisual();
    }

    public override void Render(DrawingContext context)
    {
        base.Render(context);
        while (_awaited.TryDequeue(out TaskCompletionSource? painted))
        {
            painted.SetResult();
        }
    }
}
