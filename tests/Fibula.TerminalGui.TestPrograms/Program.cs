using Terminal.Gui.App;

namespace Fibula.TerminalGui.TestPrograms;

/// <summary>Runs a window and one task that ignores cancellation, and ends in the way the argument names.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string way = arguments.Single();
        using IApplication terminal = Application.Create();
        using var window = new EndingWindow(way);
        UiApp app = terminal.UseFibula(options =>
        {
            options.Name = "app";
            options.OnExit = _ => window.MayExitAsync();
            options.HandleSignals = way == "fails beside a host" ? false : null;
            options.ForcedExitLimit = way == "asks for ever" ? TimeSpan.FromMinutes(10) : options.ForcedExitLimit;
        });
        app.Tasks.CloseGrace = TimeSpan.Zero;
        app.Tasks.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Import" });
        if (way == "subscriber throws")
        {
            app.Tasks.Faulted += _ => throw new InvalidOperationException("No disk.");
            app.Tasks.Run(() => throw new InvalidOperationException("No network."), new TaskOptions { Name = "Upload" });
        }

        if (way.StartsWith("fails", StringComparison.Ordinal))
        {
            window.Tasks.Run(() => throw new InvalidOperationException("No network."), new TaskOptions { Name = "Upload" });
        }

        if (way == "fails 1200 times")
        {
            window.FailOften(app.Tasks, times: 1200);
        }

        var start = new StartUp(way);
        start.Watch(terminal);
        terminal.Init();
        start.Reach("initialized");
        if (way == "dies while it draws")
        {
            window.DieWhileDrawing(terminal);
        }

        terminal.Run(window);
        if (way == "hangs after its loop")
        {
            new ManualResetEventSlim().Wait();
        }

        return way.StartsWith("fails", StringComparison.Ordinal) ? way.EndsWith("says 7", StringComparison.Ordinal) ? 7 : 0 : app.ExitCode;
    }
}
