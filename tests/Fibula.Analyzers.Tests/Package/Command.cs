using System.Diagnostics;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>Runs a program to its end, without a terminal and in English.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        try
        {
            // Both at once: a program whose pipe is full waits for ever.
            CancellationToken testEnd = TestContext.Current.CancellationToken;
            string[] written = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(testEnd), process.StandardError.ReadToEndAsync(testEnd));
            await process.WaitForExitAsync(testEnd);
            return new CommandResult(process.ExitCode, string.Concat(written));
        }
        finally
        {
            // A test that was stopped leaves nothing running behind it.
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        // No process outlives the command: it would hold our pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // What was compiled with runtime-async runs in .NET 10 only where it is switched on. Nothing else is changed by it.
        start.Environment["DOTNET_RuntimeAsync"] = "1";
        return Process.Start(start)!;
    }
}
