using System.Diagnostics;
using System.Text;

namespace Fibula.SpectreConsole.Tests.Linux;

/// <summary>A program in a terminal of its own.</summary>
internal sealed class TerminalRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _script;
    private readonly Screen _screen = new();
    private readonly StringBuilder _seen = new();

    private TerminalRun(string command)
    {
        // A test run may have its signals ignored, and its programs with it.
        string shell = $"stty rows 24 cols 80; exec env --default-signal=INT,TERM {command}";
        _script = Process.Start(new ProcessStartInfo("script", ["-qefc", shell, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["TERM"] = "xterm-256color", ["NO_COLOR"] = null },
        })!;
    }

    /// <summary>The sample.</summary>
    public static string Sample { get; } = PathOf("PricesSpectre");

    /// <summary>Everything that was sent to the terminal until now.</summary>
    public string Seen => _seen.ToString();

    /// <summary>Starts the sample.</summary>
    /// <param name="before">Settings of its environment.</param>
    /// <param name="after">Redirections.</param>
    public static TerminalRun Start(string before = "", string after = "") => new($"{before} '{Sample}' {after}");

    /// <summary>Starts one of the test programs.</summary>
    public static TerminalRun StartProgram(string way) => new($"'{PathOf("Fibula.SpectreConsole.TestPrograms")}' '{way}'");

    /// <summary>Completes once a text has been sent to the terminal, after what was waited for before.</summary>
    public async Task ShowsAsync(string text)
    {
        int start = _seen.Length;
        while (!_seen.ToString(start, _seen.Length - start).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(), $"It ended without '{text}': {Seen}");
        }
    }

    public Task InterruptAsync() => _script.StandardInput.WriteAsync("\u0003").ContinueWith(_ => _script.StandardInput.Flush(), TaskScheduler.Default);

    /// <summary>The exit code, and what is on the screen at the end.</summary>
    public async Task<(int ExitCode, Screen Screen)> EndAsync()
    {
        while (await ReadAsync())
        {
        }

        await _script.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return (_script.ExitCode, _screen);
    }

    public void Dispose()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
        _screen.Dispose();
    }

    private static string PathOf(string program) =>
        Path.Combine(AppContext.BaseDirectory.Replace("Fibula.SpectreConsole.Tests", program, StringComparison.Ordinal), program);

    private async Task<bool> ReadAsync()
    {
        var buffer = new char[4096];
        int count = await _script.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(Patience, TimeProvider.System);
        _seen.Append(buffer, 0, count);
        _screen.Write(buffer, 0, count);
        return count > 0;
    }
}
