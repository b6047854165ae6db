using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>Text that is written as it is: not wrapped, and not understood as markup.</summary>
internal sealed class Segments(IReadOnlyList<Segment> segments) : Renderable
{
    public static Segments Line(params ReadOnlySpan<Segment> segments) => new([.. segments, Segment.LineBreak]);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
}
