using System.Globalization;
using System.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Text;

namespace Workbench;

/// <summary>Text from anywhere, made fit for the screen: names may hold anything, and a row must stay in its columns.</summary>
internal static class DrawnText
{
    private const string Cut = "…";

    /// <summary>The text without what the toolkit can't draw, and without what terminals give different widths.</summary>
    public static string Of(string text)
    {
        var drawn = new StringBuilder(text.Length);

        // A lone half of a surrogate pair comes out of here as the replacement character; the toolkit would throw.
        foreach (Rune rune in VisibleText.Of(text).EnumerateRunes().Where(HasOneWidth))
        {
            drawn.Append(rune.ToString());
        }

        return drawn.ToString();
    }

    /// <summary>The text, or as much of it as fits with a "…" behind it.</summary>
    public static string Fit(string text, int columns)
    {
        if (text.GetColumns() <= columns)
        {
            return text;
        }

        var fitting = new StringBuilder();
        int left = columns - 1;
        foreach (string grapheme in GraphemeHelper.GetGraphemes(text))
        {
            left -= grapheme.GetColumns();
            if (left < 0)
            {
                break;
            }

            fitting.Append(grapheme);
        }

        return columns > 0 ? fitting.Append(Cut).ToString() : "";
    }

    /// <summary>The text in lines that fit, with the second and all further ones indented.</summary>
    public static IEnumerable<string> Wrap(string text, int columns, string indent)
    {
        var line = new StringBuilder();
        int width = 0;
        foreach (string grapheme in GraphemeHelper.GetGraphemes(text))
        {
            if (width + grapheme.GetColumns() > columns && width > indent.Length)
            {
                yield return line.ToString();
                line.Clear().Append(indent);
                width = indent.Length;
            }

            line.Append(grapheme);
            width += grapheme.GetColumns();
        }

        yield return line.ToString();
    }

    // Joiners, variation selectors and skin tones melt what is around them into one sign, on some terminals and not on others.
    private static bool HasOneWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && rune.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF));
}
