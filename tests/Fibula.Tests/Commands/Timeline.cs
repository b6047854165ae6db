using System.Globalization;
using System.Text;

namespace Fibula.Tests.Commands;

/// <summary>Draws the runs of a command: one row for each click, seconds from left to right.</summary>
internal static class Timeline
{
    private const int Left = 60;
    private const int Second = 56;
    private const int RowHeight = 26;
    private const int Seconds = 10;

    public static string Draw(IReadOnlyList<TimelineRow> rows)
    {
        int height = (rows.Count * RowHeight) + 30;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + (Seconds * Second) + 20}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int second = 0; second <= Seconds; second++)
        {
            int x = Left + (second * Second);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x}\" y1=\"4\" x2=\"{x}\" y2=\"{height - 20}\" stroke=\"#dddddd\"/><text x=\"{x - 4}\" y=\"{height - 6}\" fill=\"#666666\">{second}</text>\n");
        }

        for (int i = 0; i < rows.Count; i++)
        {
            DrawRow(svg, rows[i], i + 1, 6 + (i * RowHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawRow(StringBuilder svg, TimelineRow row, int number, int y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"{y + 14}\" fill=\"#333333\">click {number}</text>\n");
        (BackgroundTaskState State, TimeSpan From)[] states = [(BackgroundTaskState.Queued, row.ClickedAt), .. row.States];
        for (int i = 0; i + 1 < states.Length; i++)
        {
            int from = X(states[i].From);
            int width = X(states[i + 1].From) - from;
            if (width > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from}\" y=\"{y}\" width=\"{width}\" height=\"18\" fill=\"{ColorOf(states[i].State)}\"/>\n");
            }
        }

        (BackgroundTaskState last, TimeSpan at) = states[^1];
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at) + 4}\" y=\"{y + 14}\" fill=\"#333333\">{(last == BackgroundTaskState.Succeeded ? "✓" : "canceled")}</text>\n");
    }

    private static int X(TimeSpan time) => Left + (int)Math.Round(time.TotalSeconds * Second);

    private static string ColorOf(BackgroundTaskState state) => state switch
    {
        BackgroundTaskState.Queued => "#d0d0d0",
        BackgroundTaskState.Running => "#4a90d9",
        _ => "#e8a33d",
    };
}
