using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.TestPrograms;

/// <summary>A window that shows how far the program is.</summary>
internal sealed class EndingWindow : Window
{
    private readonly string _way;
    private readonly Label _state = new() { Text = "ready" };

    public EndingWindow(string way)
    {
        _way = way;
        Add(_state);
        KeyDown += (_, key) =>
        {
            if (key == Key.Q)
            {
                key.Handled = true;
                RequestStop();
            }
        };
    }

    /// <summary>Draws at each iteration, and throws on another thread. The process lives on for as long as it takes to draw once more.</summary>
    public void DieWhileDrawing(IApplication terminal)
    {
        var drawn = new ManualResetEventSlim();
        int beat = 0;
        terminal.Iteration += (_, _) => _state.Text = $"beat {++beat}";
        AppDomain.CurrentDomain.UnhandledException += (_, _) =>
        {
            terminal.LayoutAndDrawComplete += (_, _) => drawn.Set();
            drawn.Wait(TimeSpan.FromSeconds(1));
        };
        var thread = new Thread(() => throw new InvalidOperationException("No memory."));
        terminal.Iteration += (_, _) =>
        {
            if (beat == 10)
            {
                thread.Start();
            }
        };
    }

    /// <summary>Starts tasks that fail, and says when all errors were told.</summary>
    public void FailOften(TaskScope told, int times)
    {
        int errors = 0;
        told.Faulted += fault => _state.Text = fault.Name.StartsWith("Upload ", StringComparison.Ordinal) && ++errors == times ? "all told" : _state.Text;
        for (int error = 1; error <= times; error++)
        {
            int number = error;
            this.Tasks.Run(() => throw new InvalidOperationException($"No network {number}."), new TaskOptions { Name = $"Upload {number}" });
        }
    }

    /// <summary>The exit hook.</summary>
    public Task<bool> MayExitAsync()
    {
        switch (_way)
        {
            case "asks for ever":
                _state.Text = "asked";
                return new TaskCompletionSource<bool>().Task;
            case "writes very much":
                Console.Out.Write(new string('.', 1_000_000));
                break;
            case "blocks the UI thread":
                new ManualResetEventSlim().Wait();
                break;
        }

        return Task.FromResult(true);
    }
}
