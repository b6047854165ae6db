using System.Diagnostics;
using System.Text;

namespace Fibula.Analyzers.Tests.Package.Linux;

/// <summary>A shell's commands in a terminal of their own, seen as the bytes they send there.</summary>
internal sealed class TerminalSession : IAsyncDisposable
{
    // Long enough for the slowest machine to build a program.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Process _script;
    private readonly StringBuilder _seen = new();
    private readonly char[] _buffer = new char[4096];

    /// <param name="folder">Where.</param>
    /// <param name="environment">Variables, each as NAME=value.</param>
    /// <param name="commands">The commands.</param>
    public TerminalSession(string folder, IEnumerable<string> environment, string commands) =>
        _script = Process.Start(new ProcessStartInfo(
            "env",
            [.. environment, "TERM=xterm-256color", "script", "--quiet", "--flush", "--return", "--command", $"stty rows 24 cols 80; {commands}", "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;

    /// <summary>What was sent to the terminal until now.</summary>
    public string Seen => _seen.ToString();

    /// <summary>Reads up to a text.</summary>
    public async Task ShowsAsync(string text)
    {
        while (!Seen.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(), $"'{text}' was never shown:\n{Seen}");
        }
    }

    public async Task TypeAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>Reads to the end, and answers with the exit code of the last command.</summary>
    public async Task<int> EndAsync()
    {
        while (await ReadAsync())
        {
        }

        await _script.WaitForExitAsync().WaitAsync(Limit);
        return _script.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> ReadAsync()
    {
        int count = await _script.StandardOutput.ReadAsync(_buffer).AsTask().WaitAsync(Limit);
        _seen.Append(_buffer, 0, count);
        return count > 0;
    }
}
