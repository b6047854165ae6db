using System.Diagnostics;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>Runs a program to its end, without a terminal and in English.</summary>
internal static class Command
{
    // Long enough for the slowest machine; a command that hangs fails the test and not the run.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<CommandResult> RunAsync(string folder, string program, params string[] arguments)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Limit);
        using Process process = Start(folder, program, arguments);
        try
        {
            // Both at once: a program whose pipe is full waits for ever.
            string[] written = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
            await process.WaitForExitAsync(end.Token);
            return new CommandResult(process.ExitCode, written[0], written[1]);
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
