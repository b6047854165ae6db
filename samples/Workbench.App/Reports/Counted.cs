using System.Globalization;

namespace Workbench;

/// <summary>Numbers of things as people read them.</summary>
public static class Counted
{
    /// <summary>For example "1 file" or "61,552 files".</summary>
    public static string Format(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
