using System.Diagnostics;

namespace Fibula.WindowsForms.Tests;

/// <summary>A program of another project, in a process of its own.</summary>
internal sealed class WindowsProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    public WindowsProgram(string project, params string[] arguments)
    {
        // Beside this one, also in the name of the folder: artifacts/bin/PROJECT/CONFIGURATION.
        string folder = AppContext.BaseDirectory.Replace("Fibula.WindowsForms.Tests", project, StringComparison.Ordinal);
        var start = new ProcessStartInfo(Path.Combine(folder, $"{project}.exe"), arguments) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
    }

    public int ExitCode => _process.ExitCode;

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System);

    public Task<string> ReadToEndAsync() => _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience, TimeProvider.System);

    public Task ExitAsync() => _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
