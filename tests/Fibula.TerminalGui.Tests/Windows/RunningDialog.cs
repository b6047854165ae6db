using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

/// <summary>A dialog that is open above the window of a test.</summary>
internal sealed class RunningDialog : IDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningDialog()
    {
        View.IsRunningChanged += (_, e) => Ends += e.Value ? 0 : 1;
    }

    public Dialog View { get; } = new();

    /// <summary>How often it has closed.</summary>
    public int Ends { get; private set; }

    public Task Closed => HeadlessTerminal.Within(_closed.Task);

    /// <summary>Opens a dialog that waits for its tasks, in a callback of its own; the test goes on inside it.</summary>
    public static async Task<RunningDialog> OpenAsync(HeadlessTerminal terminal, Func<Task<bool>>? mayClose = null)
    {
        RunningDialog dialog = await terminal.OnUiAsync(() => new RunningDialog());
        await terminal.OnUiAsync(() => dialog.View.CloseAfterTasks(mayClose));
        await dialog.RunAsync(terminal);
        return dialog;
    }

    /// <summary>Opens a dialog that waits for nothing by itself.</summary>
    public static async Task<RunningDialog> OpenPlainAsync(HeadlessTerminal terminal, string title, Action<Dialog>? beforeItRuns = null)
    {
        RunningDialog dialog = await terminal.OnUiAsync(() => new RunningDialog { View = { Title = title } });
        await terminal.OnUiAsync(() => beforeItRuns?.Invoke(dialog.View));
        await dialog.RunAsync(terminal);
        return dialog;
    }

    public void Dispose() => View.Dispose();

    private async Task RunAsync(HeadlessTerminal terminal)
    {
        terminal.App.Post(() =>
        {
            terminal.Application.Run(View);
            _closed.SetResult();
        });
        await terminal.UntilAsync(() => View.IsRunning);
    }
}
