using System.Diagnostics;

namespace Workbench;

internal static class Shell
{
    /// <summary>Runs a program to its end and answers with what it printed; a program that fails fails the test.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output}{errors.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>For names that can't be said in C#.</summary>
    public static string Bash(string script, string folder) => Run("bash", "-c", $"set -e; cd \"$0\"; {script}", folder);
}
