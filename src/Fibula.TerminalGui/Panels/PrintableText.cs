using System.Globalization;
using System.Text;

namespace Fibula;

/// <summary>Makes foreign text safe to draw. Half a surrogate pair makes the toolkit throw at every paint, a control character is
/// wider than it counts it, and terminals disagree about the invisible ones.</summary>
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
}
