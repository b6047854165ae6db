// The scores in the report of a mutation run, one line for each set, "name:minimum:files"; fails where one is below its minimum.
using System.Globalization;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var report = JsonDocument.Parse(File.ReadAllBytes(args[0]));
(string Path, string Status)[] mutants =
[
    .. from file in report.RootElement.GetProperty("files").EnumerateObject()
       from mutant in file.Value.GetProperty("mutants").EnumerateArray()
       select (file.Name[(file.Name.IndexOf("src/Fibula/", StringComparison.Ordinal) + "src/Fibula/".Length)..], mutant.GetProperty("status").GetString()!),
];

bool isBelow = false;
foreach (string[] set in args[1..].Select(static set => set.Split(':')))
{
    string[] found = [.. mutants.Where(mutant => mutant.Path.StartsWith(set[2], StringComparison.Ordinal)).Select(static mutant => mutant.Status)];
    int killed = found.Count(static status => status is "Killed" or "Timeout");
    int total = killed + found.Count(static status => status is "Survived" or "NoCoverage");
    double score = total == 0 ? 0 : 100.0 * killed / total;
    bool isEnough = score >= double.Parse(set[1]);
    isBelow |= !isEnough;
    Console.WriteLine($"{set[0]}: {score:0.0} % killed, {killed} of {total}{(isEnough ? string.Empty : $"; must be at least {set[1]} %")}");
}

return isBelow ? 1 : 0;
