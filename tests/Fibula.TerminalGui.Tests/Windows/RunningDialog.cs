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
        terminal.App.Post(() =>
        {
            terminal.Application.Run(dialog.View);
            dialog._closed.SetResult();
        });
        await terminal.UntilAsync(() => dialog.View.IsRunning);
        return dialog;
    }

    public void Dispose() => View.Dispose();
}
