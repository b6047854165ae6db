using System.Globalization;
using System.Text;

namespace Fibula;

/// <summary>
/// Makes text safe to print: a name or a message may hold characters that a terminal obeys, that forge a line of a log, or that reverse what people read.
/// </summary>
internal static class Printable
{
    /// <summary>Replaces control characters, line ends and marks of writing direction by an escape such as <c>\u001B</c>, and half a surrogate pair by
    /// the replacement character.</summary>
    /// <returns>The same string where there is nothing to replace.</returns>
    public static string Line(string text) => Escape(text, keepsLines: false);

    /// <summary>As <see cref="Line"/>, for a text of several lines such as a stack trace: the line ends stay.</summary>
    public static string Lines(string text) => Escape(text, keepsLines: true);

    private static string Escape(string text, bool keepsLines)
    {
        int first = 0;
        while (first < text.Length && !IsUnsafe(text, first, keepsLines))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var safe = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsUnsafe(text, i, keepsLines))
            {
                safe.Append(EscapeOf(text[i]));
            }
            else
            {
                safe.Append(text[i]);
            }
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(string text, int index, bool keepsLines)
    {
        char c = text[index];
        return c switch
        {
            '\n' or '\r' => !keepsLines,
            '\t' => !keepsLines,
            '\u2028' or '\u2029' => true,
            '\u061C' or '\u200E' or '\u200F' => true,
            >= '\u202A' and <= '\u202E' => true,
            >= '\u2066' and <= '\u2069' => true,
            _ => char.IsControl(c) || IsLoneSurrogate(text, index),
        };
    }

    private static bool IsLoneSurrogate(string text, int index)
    {
        char c = text[index];
        return char.IsHighSurrogate(c) ? index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])
            : char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }

    private static string EscapeOf(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsSurrogate(c) => "\uFFFD",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
    };
}
