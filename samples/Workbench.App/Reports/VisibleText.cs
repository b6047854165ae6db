using System.Globalization;
using System.Text;

namespace Workbench;

/// <summary>Text as it may be shown: a file's name, an argument and an error may hold line ends, escape sequences and marks that turn text around.</summary>
public static class VisibleText
{
    /// <summary>The text, with each character that would steer a terminal written as \u and four digits, as JSON has it too.</summary>
    public static string Of(string text) => text.Any(Steers) ? Escape(text) : text;

    private static string Escape(string text)
    {
        var visible = new StringBuilder(text.Length + 8);
        foreach (char character in text)
        {
            _ = Steers(character)
                ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : visible.Append(character);
        }

        return visible.ToString();
    }

    // Behind the line ends: the marks, overrides and isolates of bidirectional text. Other format characters make up emoji: they stay.
    private static bool Steers(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
