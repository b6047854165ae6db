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
