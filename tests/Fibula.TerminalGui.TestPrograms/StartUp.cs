using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Terminal.Gui.App;

namespace Fibula.TerminalGui.TestPrograms;

/// <summary>The moments between the start of the program and the first iteration. What the argument names happens at the one it names: "SIGTERM at raw".</summary>
internal sealed partial class StartUp(string way) : ILogger
{
    /// <summary>Hears of the moments inside the toolkit: it makes the terminal raw, has taken it, begins to run the window.</summary>
    public void Watch(IApplication terminal)
    {
        Logging.Logger = this;
        terminal.InitializedChanged += (_, e) => Reach(e.Value ? "taken" : "disposed");
        terminal.SessionBegun += (_, _) => Reach("session");
    }

    public void Reach(string moment)
    {
        if (way.Split(" at ") is not [var what, var when] || when != moment)
        {
            return;
        }

        switch (what)
        {
            case "throws":
                throw new InvalidOperationException("No start.");
            case "throws elsewhere":
                var thread = new Thread(() => throw new InvalidOperationException("No start."));
                thread.Start();
                thread.Join();
                break;
            default:
                _ = Kill(Environment.ProcessId, (int)Enum.Parse<Signal>(what));
                break;
        }
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    // The toolkit logs this on its input thread, while the thread that runs Init is still busy.
    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains("raw mode enabled", StringComparison.Ordinal))
        {
            Reach("raw");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private enum Signal
    {
        SIGHUP = 1,
        SIGINT = 2,
        SIGQUIT = 3,
        SIGTERM = 15,
    }
}
