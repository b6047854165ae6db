using System.Diagnostics;
using Fibula.Tests.Repository;

namespace Fibula.Blazor.Tests.Linux;

/// <summary>A server as a process of its own on a free port, and what it writes.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _home = Directory.CreateTempSubdirectory("fibula-server-").FullName;
    private readonly Process _process;

    // Guards _lines and _changed.
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Server(string project)
    {
        string folder = SourceTree.PathOf($"artifacts/bin/{project}/release");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Path.Combine(folder, project), ["--urls", "http://127.0.0.1:0"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["HOME"] = _home },
            },
        };
        _process.OutputDataReceived += (_, e) => Add(e.Data);
        _process.ErrorDataReceived += (_, e) => Add(e.Data);
    }

    public string Address { get; private set; } = "";

    public static async Task<Server> StartAsync(string project)
    {
        var server = new Server(project);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        const string Listens = "Now listening on: ";
        string line = await server.WaitForAsync(Listens);
        server.Address = line[(line.IndexOf(Listens, StringComparison.Ordinal) + Listens.Length)..];
        return server;
    }

    /// <summary>The lines so far that contain a text.</summary>
    public IReadOnlyList<string> LinesWith(string text)
    {
        lock (_gate)
        {
            return [.. _lines.Where(line => line.Contains(text, StringComparison.Ordinal))];
        }
    }

    /// <summary>Waits until the server has written a text so many times; returns the last such line.</summary>
    public async Task<string> WaitForAsync(string text, int times = 1)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (LinesWith(text) is var lines && lines.Count >= times)
            {
                return lines[times - 1];
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The server has not written '{text}' {times} times, but:\n{string.Join('\n', LinesWith(""))}");
            }
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TimeProvider.System);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            _lines.Add(line);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
