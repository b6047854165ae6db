using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>Makes foreign text safe to write: what a terminal obeys is shown as "?", and what has no width of its own is left out.</summary>
internal static class PrintableText
{
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);

        // Half a surrogate pair is enumerated as the replacement character.
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    printable.Append('?');
                    break;
                default:
                    printable.Append(rune.ToString());
                    break;
            }
        }

        return printable.ToString();
    }

    public static int Columns(string text) => new Segment(text).CellCount();

    /// <summary>The text in exactly so many columns: with spaces behind it, or with a "…" where it was cut.</summary>
    public static string Fit(string text, int columns)
    {
        if (Columns(text) is var all && all <= columns)
        {
            return text + new string(' ', columns - all);
        }

        var fitting = new StringBuilder();
        int left = columns - 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            string sign = rune.ToString();
            if (Columns(sign) is var width && width > left)
            {
                break;
            }

            fitting.Append(sign);
            left -= width;
        }

        return columns > 0 ? $"{fitting}…{new string(' ', left)}" : string.Empty;
    }
}
