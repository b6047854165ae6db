using System.Globalization;
using System.Text;

namespace Workbench;

/// <summary>A path as it may be shown: a file's name may hold line ends, escape sequences and marks that turn text around.</summary>
public static class VisiblePath
{
    /// <summary>The path, with each character that would steer a terminal written as \u and four digits.</summary>
    public static string Of(string path) => path.Any(Steers) ? Escape(path) : path;

    private static string Escape(string path)
    {
        var visible = new StringBuilder(path.Length + 8);
        foreach (char character in path)
        {
            _ = Steers(character)
                ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : visible.Append(character);
        }

        return visible.ToString();
    }

    // The two ranges are the overrides and isolates of bidirectional text. Other format characters make up emoji: they stay.
    private static bool Steers(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
