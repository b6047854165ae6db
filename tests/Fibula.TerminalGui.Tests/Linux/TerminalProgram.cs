using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fibula.TerminalGui.Tests.Linux;

/// <summary>A program in a terminal of its own, seen as the bytes it sends there.</summary>
internal sealed partial class TerminalProgram : IAsyncDisposable
{
    // Runs the program as a shell does, which is told when the terminal goes away and passes that on. What the shell says about
    // the end goes to the pipe of script's standard error, which outlives the terminal.
    private const string Shell = """
        exec 3>/proc/$PPID/fd/2
        stty rows 24 cols 80
        mode=$(stty -g)
        env --default-signal=INT,TERM,HUP,QUIT sh -c 'echo process=$$.; exec dotnet "$PROGRAM" ${ARGUMENT:+"$ARGUMENT"}' </dev/tty 3>&- &
        program=$!
        trap "kill -HUP $program" HUP
        wait $program
        code=$?
        while kill -0 $program 2>&-; do wait $program; code=$?; done
        [ "$(stty -g 2>&-)" = "$mode" ] && code="$code restored"
        echo $code >&3
        """;

    // The other screen, a hidden cursor, reports of the mouse, marks around what is pasted.
    private static readonly (string Taken, string GivenBack)[] GivenBack =
        [("\e[?1049h", "\e[?1049l"), ("\e[?25l", "\e[?25h"), ("\e[?1003h", "\e[?1003l"), ("\e[?2004h", "\e[?2004l")];

    private readonly Process _script;
    private readonly Task _reading;
    private readonly Task<string?> _end;

    // Guards _seen and _awaited.
    private readonly Lock _gate = new();
    private readonly StringBuilder _seen = new();
    private readonly List<(Regex Text, TaskCompletionSource<Match> Shown)> _awaited = [];

    private TerminalProgram(Process script)
    {
        _script = script;
        _reading = ReadAsync();
        _end = script.StandardError.ReadLineAsync();
    }

    /// <summary>Starts the program of a project that is built beside the tests.</summary>
    public static TerminalProgram Start(string project, string argument = "")
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("Fibula.TerminalGui.Tests", project, StringComparison.Ordinal), $"{project}.dll");
        var start = new ProcessStartInfo("script")
        {
            ArgumentList = { "-qfc", Shell, "/dev/null" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["PROGRAM"] = program;
        start.Environment["ARGUMENT"] = argument;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("DisableRealDriverIO");
        return new TerminalProgram(Process.Start(start)!);
    }

    /// <summary>What was sent to the terminal until now.</summary>
    public string Seen
    {
        get
        {
            lock (_gate)
            {
                return _seen.ToString();
            }
        }
    }

    /// <summary>Completes once the text has been sent to the terminal.</summary>
    public Task ShowsAsync(string text) => SeesAsync(new Regex(Regex.Escape(text)));

    public async Task TypeAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>The terminal goes away, as when its window is closed.</summary>
    public void CloseTerminal() => _script.Kill();

    /// <summary>The terminal takes nothing any more, as after Ctrl-S or when its connection is dead.</summary>
    public Task StopTerminalAsync() => KillAsync("STOP", $"{_script.Id}");

    public async Task SignalAsync(string name) => await KillAsync(name, (await SeesAsync(ProcessLine())).Groups[1].Value);

    /// <summary>The exit code, once the program has ended, with or without its terminal.</summary>
    public async Task<int> ExitCodeAsync() => int.Parse((await HeadlessTerminal.Within(_end))!.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The exit code, and what was sent after the terminal's own screen was back. The terminal is as it was before the program.</summary>
    public async Task<(int ExitCode, string AfterScreen)> EndAsync()
    {
        int exitCode = await ExitCodeAsync();
        await HeadlessTerminal.Within(_reading);
        string all = Seen;
        Assert.EndsWith(" restored", await _end);
        foreach ((string taken, string givenBack) in GivenBack)
        {
            Assert.True(
                all.LastIndexOf(givenBack, StringComparison.Ordinal) >= all.LastIndexOf(taken, StringComparison.Ordinal),
                $"The terminal was left with {taken[1..]}.");
        }

        return (exitCode, all[Math.Max(0, all.LastIndexOf("\e[?1049l", StringComparison.Ordinal))..]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_end.IsCompleted)
        {
            await SignalAsync("KILL");
        }

        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        await _reading;
        _script.Dispose();
    }

    [GeneratedRegex(@"process=(\d+)\.")]
    private static partial Regex ProcessLine();

    private static async Task KillAsync(string signal, string process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process]);
        await kill.WaitForExitAsync();
    }

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
