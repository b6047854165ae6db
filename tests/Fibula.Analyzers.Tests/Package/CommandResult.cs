using System.Text.RegularExpressions;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed partial record CommandResult(int ExitCode, string StandardOutput, string StandardError)
{
    public string Output => StandardOutput + StandardError;

    /// <summary>The warnings and errors of a build, each once and without its folder: <c>Program.cs(8,27): error CS4014: …</c></summary>
    public IEnumerable<string> Problems => Problem().Matches(Output).Select(problem => problem.Groups[1].Value).Distinct();

    [GeneratedRegex(@"^.*?([^/\\\s]+ ?: (?:warning|error) \w+:.*)", RegexOptions.Multiline)]
    private static partial Regex Problem();
}
