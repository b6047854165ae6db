using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>The bar of a task: <c>━━━╸───</c>, or <c>===----</c> where there is no Unicode.</summary>
internal static class TaskBar
{
    private static readonly Style Track = new(Color.Grey);

    /// <summary>The bar in exactly so many columns.</summary>
    /// <param name="fraction">How much is done; null for a moving part.</param>
    /// <param name="columns">Its width.</param>
    /// <param name="frame">Where the moving part is.</param>
    /// <param name="style">The style of what is done.</param>
    /// <param name="console">The capabilities of the console.</param>
    public static IEnumerable<Segment> Of(double? fraction, int columns, int frame, Style style, IReadOnlyCapabilities console)
    {
        char full = console.Unicode ? '━' : '=';

        // Without colors, the rest needs a sign of its own.
        char rest = !console.Unicode ? '-' : console.ColorSystem == ColorSystem.NoColors ? '─' : '━';
        if (fraction is { } done)
        {
            int halves = (int)(done * columns * 2);
            string half = halves % 2 == 1 ? console.Unicode ? "╸" : "-" : string.Empty;
            return [new Segment(new string(full, halves / 2) + half, style), new Segment(new string(rest, columns - (halves / 2) - half.Length), Track)];
        }

        int moving = Math.Max(1, columns / 4);
        return Enumerable.Range(0, columns)
            .Select(column => (((column - frame) % columns) + columns) % columns < moving)
            .Select(isMoving => isMoving ? new Segment($"{full}", style) : new Segment($"{rest}", Track));
    }
}
