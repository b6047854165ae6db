using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Fibula.TerminalGui.Tests.Linux;

/// <summary>A program in a terminal of its own, seen as the bytes it sends there.</summary>
internal sealed partial class TerminalProgram : IAsyncDisposable
{
    private readonly Process _script;
    private readonly Task _reading;

    // Guards _seen and _awaited.
    private readonly Lock _gate = new();
    private readonly StringBuilder _seen = new();
    private readonly List<(Regex Text, TaskCompletionSource<Match> Shown)> _awaited = [];

    private TerminalProgram(Process script)
    {
        _script = script;
        _reading = ReadAsync();
    }

    /// <summary>Starts the program of a project that is built beside the tests.</summary>
    public static TerminalProgram Start(string project)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("Fibula.TerminalGui.Tests", project, StringComparison.Ordinal), $"{project}.dll");
        var start = new ProcessStartInfo("script")
        {
            ArgumentList = { "-qefc", $"stty rows 24 cols 80; echo process=$$.; exec dotnet '{program}'", "/dev/null" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("DisableRealDriverIO");
        return new TerminalProgram(Process.Start(start)!);
    }

    /// <summary>Completes once the text has been sent to the terminal.</summary>
    public Task ShowsAsync(string text) => SeesAsync(new Regex(Regex.Escape(text)));

    public async Task TypeAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync();
    }

    public async Task SignalAsync(string name)
    {
        Match process = await SeesAsync(ProcessLine());
        using var kill = Process.Start("kill", [$"-{name}", process.Groups[1].Value]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code, and what was sent after the terminal's own screen was back.</summary>
    public async Task<(int ExitCode, string AfterScreen)> EndAsync()
    {
        await HeadlessTerminal.Within(_reading);
        await HeadlessTerminal.Within(_script.WaitForExitAsync());
        string all = _seen.ToString();
        int screenIsBack = all.LastIndexOf("\e[?1049l", StringComparison.Ordinal);
        Assert.True(screenIsBack >= 0, "The terminal was left on the program's screen.");
        return (_script.ExitCode, all[screenIsBack..]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        await _reading;
        _script.Dispose();
    }

    [GeneratedRegex(@"process=(\d+)\.")]
    private static partial Regex ProcessLine();

    private Task<Match> SeesAsync(Regex text)
    {
        var shown = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((text, shown));
        }

        Look();
        return HeadlessTerminal.Within(shown.Task);
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _script.StandardOutput.ReadAsync(buffer) is > 0 and int count)
        {
            lock (_gate)
            {
                _seen.Append(buffer, 0, count);
            }

            Look();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            string all = _seen.ToString();
            foreach ((Regex text, TaskCompletionSource<Match> shown) in _awaited)
            {
                if (text.Match(all) is { Success: true } match)
                {
                    shown.TrySetResult(match);
                }
            }
        }
    }
}
