using System.Globalization;

namespace Workbench;

/// <summary>Numbers of bytes as people read them.</summary>
public static class ByteSize
{
    private const double Step = 1024;

    // What would be rounded to 1,024.0 of a unit is 1.0 of the next.
    private const double LastOfUnit = 1023.95;

    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>For example "1 byte", "999 bytes", "1.5 KiB".</summary>
    public static string Format(long bytes)
    {
        if (bytes < Step)
        {
            return bytes == 1 ? "1 byte" : $"{bytes} bytes";
        }

        double amount = bytes / Step;
        int unit = 0;
        while (amount >= LastOfUnit)
        {
            amount /= Step;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.0} {Units[unit]}");
    }
}
