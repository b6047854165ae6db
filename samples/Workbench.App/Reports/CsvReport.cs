using System.Globalization;
using CsvHelper;

namespace Workbench;

/// <summary>The groups as a table, for spreadsheets: a row for each file.</summary>
internal static class CsvReport
{
    /// <summary>Writes <c>group,size,path</c>, as RFC 4180 has it.</summary>
    public static void Write(TextWriter output, ScanResult result, Action<int> written)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        WriteRow(csv, "group", "size", "path");
        foreach ((int index, DuplicateGroup group) in result.Groups.Index())
        {
            foreach (string path in group.Paths)
            {
                WriteRow(csv, index + 1, group.Size, path);
            }

            written(index + 1);
        }
    }

    private static void WriteRow(CsvWriter csv, params ReadOnlySpan<object> fields)
    {
        foreach (object field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
