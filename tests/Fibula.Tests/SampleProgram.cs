using System.Diagnostics;

namespace Fibula.Tests;

/// <summary>A sample in a process of its own: what a test run keeps alive must not count.</summary>
internal static class SampleProgram
{
    /// <summary>Runs it to its end, which must be a good one, and answers with the lines it printed.</summary>
    public static async Task<string[]> RunAsync(string name, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        return output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }
}
