using System.CommandLine.Parsing;
using System.Globalization;

namespace Workbench;

internal static class SizeArgument
{
    /// <summary>Reads "4096", "64K", "10M" or "1G", with 1K = 1024 bytes.</summary>
    public static long Parse(ArgumentResult value)
    {
        string text = value.Tokens[0].Value;
        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 10,
            'M' => 20,
            'G' => 30,
            _ => 0,
        };
        string digits = shift == 0 ? text : text[..^1];
        if (!UInt128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 number))
        {
            value.AddError($"'{text}' is not a size. Type --min-size with a whole number of bytes that is not negative, like 4096, or with K, M or G, like 10M.");
        }
        else if (number > (UInt128)(long.MaxValue >> shift))
        {
            value.AddError($"No file has '{text}' bytes. Type --min-size with a smaller number.");
        }

        return (long)number << shift;
    }
}
