using System.Globalization;
using System.Net;
using System.Text;

namespace Fibula.Benchmarks;

/// <summary>Draws a chart as SVG, in text that any viewer has a font for.</summary>
internal sealed class Svg
{
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 80;
    private const int Right = 24;
    private const int Top = 72;
    private const int Bottom = 60;

    private static readonly string[] Colors = ["#1f5fa8", "#c2571a", "#3f7d3a", "#7a4a9c"];

    private readonly Chart _chart;
    private readonly int[] _ticksX;
    private readonly double _stepY;
    private readonly double _maxY;
    private readonly StringBuilder _text = new();

    private Svg(Chart chart)
    {
        _chart = chart;
        _ticksX = [.. chart.Lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
        double highest = chart.Lines.SelectMany(line => line.Points).Max(point => point.Y);
        _stepY = StepFor(highest);
        _maxY = Math.Ceiling(highest / _stepY) * _stepY;
    }

    public static string Draw(Chart chart) => new Svg(chart).Draw();

    private string Draw()
    {
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="sans-serif" font-size="13">""");
        Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Add($"""<text x="{Left}" y="26" font-size="16" font-weight="bold" fill="#222222">{Escape(_chart.Title)}</text>""");
        DrawXAxis();
        DrawYAxis();
        for (int i = 0; i < _chart.Lines.Count; i++)
        {
            Draw(_chart.Lines[i], i);
        }

        Add($"</svg>");
        return _text.ToString();
    }

    private void DrawXAxis()
    {
        const int Axis = Height - Bottom;
        Add($"""<line x1="{Left}" y1="{Axis}" x2="{Width - Right}" y2="{Axis}" stroke="#444444"/>""");
        foreach (int tick in _ticksX)
        {
            double x = X(tick);
            Add($"""<line x1="{x:0.#}" y1="{Axis}" x2="{x:0.#}" y2="{Axis + 5}" stroke="#444444"/>""");
            Add($"""<text x="{x:0.#}" y="{Axis + 20}" text-anchor="middle" fill="#444444">{tick:N0}</text>""");
        }

        Add($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle" fill="#222222">{Escape(_chart.XAxis)}</text>""");
    }

    private void DrawYAxis()
    {
        for (double tick = 0; tick <= _maxY + (_stepY / 2); tick += _stepY)
        {
            double y = Y(tick);
            Add($"""<line x1="{Left}" y1="{y:0.#}" x2="{Width - Right}" y2="{y:0.#}" stroke="#dddddd"/>""");
            Add($"""<text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end" fill="#444444">{tick:#,0.##}</text>""");
        }

        const int Middle = (Top + Height - Bottom) / 2;
        Add($"""<text x="20" y="{Middle}" text-anchor="middle" fill="#222222" transform="rotate(-90 20 {Middle})">{Escape(_chart.YAxis)}</text>""");
    }

    private void Draw(ChartLine line, int number)
    {
        const int LegendWidth = 200;
        string color = Colors[number % Colors.Length];
        string points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Add($"""<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>""");
        foreach (var (x, y) in line.Points)
        {
            Add($"""<circle cx="{X(x):0.#}" cy="{Y(y):0.#}" r="3.5" fill="{color}"><title>{Escape(line.Name)}, {x:N0}: {y:N0}</title></circle>""");
        }

        int legend = Left + (number * LegendWidth);
        Add($"""<line x1="{legend}" y1="48" x2="{legend + 24}" y2="48" stroke="{color}" stroke-width="3"/>""");
        Add($"""<text x="{legend + 30}" y="52" fill="#222222">{Escape(line.Name)}</text>""");
    }

    private double X(int value)
    {
        double lowest = Math.Log(_ticksX[0]);
        double highest = Math.Log(_ticksX[^1]);
        return Left + 20 + ((Width - Left - Right - 40) * (Math.Log(value) - lowest) / (highest - lowest));
    }

    private double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / _maxY);

    // 1, 2 or 5 times a power of ten, so that there are four to ten of them.
    private static double StepFor(double highest)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(highest / 4)));
        return new[] { 5, 2, 1 }.Select(factor => factor * power).First(step => highest / step >= 4);
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Add(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
