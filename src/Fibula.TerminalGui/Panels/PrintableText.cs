using System.Globalization;
using System.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Text;

namespace Fibula;

/// <summary>Makes foreign text safe to draw: half a surrogate pair makes the toolkit throw at every paint, and about the width of control
/// characters, invisible ones and composed emoji it and the terminals disagree.</summary>
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
                case UnicodeCategory.ModifierSymbol when rune.Value is >= 0x1F3FB and <= 0x1F3FF: // the shades of skin
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

        return fitting.Append('…').ToString();
    }
}
