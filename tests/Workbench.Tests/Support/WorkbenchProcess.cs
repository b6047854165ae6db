using System.Diagnostics;
using System.Text;

namespace Workbench;

/// <summary>The program itself, as a child process.</summary>
internal sealed class WorkbenchProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _errors = new();

    private WorkbenchProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The executable, beside the tests.</summary>
    public static string Program { get; } =
        Path.Join(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Workbench.exe" : "Workbench");

    public int Id => _process.Id;

    public static WorkbenchProcess Start(params string[] arguments) => new(Program, arguments);

    /// <summary>Runs it to its end.</summary>
    public static Task<Outcome> RunAsync(params string[] arguments) => RunInAsync(Program, arguments);

    /// <summary>Runs a program that runs it, to its end.</summary>
    public static async Task<Outcome> RunInAsync(string program, params string[] arguments)
    {
        using var process = new WorkbenchProcess(program, arguments);
        return await process.EndAsync();
    }

    /// <summary>Reads standard error up to a line that holds the text.</summary>
    public async Task ReadErrorsToAsync(string text)
    {
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync().WaitAsync(Patience);
            Assert.True(line is not null, $"It ended before it wrote '{text}': {_errors}");
            _errors.Append(line).Append('\n');
        }
        while (!line.Contains(text, StringComparison.Ordinal));
    }

    public void Signal(string name) => Shell.Run("kill", $"-{name}", $"{Id}");

    public async Task<Outcome> EndAsync()
    {
        _errors.Append(await _process.StandardError.ReadToEndAsync().WaitAsync(Patience));
        string output = await _output.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new Outcome(_process.ExitCode, output, $"{_errors}".ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
