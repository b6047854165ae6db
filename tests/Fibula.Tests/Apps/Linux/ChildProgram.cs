using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fibula.Tests.Apps.Linux;

/// <summary>One scenario of Fibula.TestPrograms as a process of its own.</summary>
internal sealed class ChildProgram : IDisposable
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "Fibula.TestPrograms.dll");

    private readonly Process _process;
    private readonly Task<string> _error;

    private ChildProgram(string scenario)
    {
        // A shell that runs the tests in the background has them ignore SIGINT, and that would be inherited.
        string[] command = ["--default-signal=INT,TERM,HUP", "dotnet", Path, scenario];
        _process = Process.Start(new ProcessStartInfo("env", command) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a scenario and waits until it says "ready".</summary>
    public static async Task<ChildProgram> StartAsync(string scenario)
    {
        ChildProgram program = Run(scenario);
        await program.WaitForLineAsync("ready");
        return program;
    }

    /// <summary>Starts a scenario that needs nothing from the test.</summary>
    public static ChildProgram Run(string scenario) => new(scenario);

    /// <summary>Reads the output up to a line.</summary>
    public async Task WaitForLineAsync(string line)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } read)
        {
            if (read == line)
            {
                return;
            }
        }

        Assert.Fail($"The program ended without '{line}': {await _error}");
    }

    public void Send(PosixSignal signal)
    {
        int number = signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            _ => 15,
        };
        Assert.Equal(0, Kill(_process.Id, number));
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, and what was left to read of both outputs.</returns>
    public async Task<(int ExitCode, string[] Output, string[] Error)> WaitForEndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, Lines(output), Lines(await _error));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
