using CommunityToolkit.Mvvm.Input;

namespace Fibula.Benchmarks;

/// <summary>What does it cost to execute a command of a button, one run after the other?</summary>
internal static class ExecutingACommand
{
    private const int Operations = 10_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("TaskCommand", () => OneLoop.Measure(Operations, OursAsync));
        var toolkit = new Contestant("AsyncRelayCommand", () => OneLoop.Measure(Operations, _ => ToolkitAsync()));
        yield return new Comparison(
            "a command, one run after the other", ours, toolkit, Goal.Times(1.8).And("at most 650 B", answer => answer.Ours.Bytes <= 650));
    }

    private static async Task OursAsync(TaskScope scope)
    {
        var command = new TaskCommand(scope, Work.SuspendOnceAsync);
        command.CanExecuteChanged += OnCanExecuteChanged;
        for (int i = 0; i < Operations; i++)
        {
            await command.ExecuteAsync();
        }
    }

    private static async Task ToolkitAsync()
    {
        var command = new AsyncRelayCommand(Work.SuspendOnceAsync);
        command.CanExecuteChanged += OnCanExecuteChanged;
        for (int i = 0; i < Operations; i++)
        {
            await command.ExecuteAsync(null);
        }
    }

    // Each button that is bound to a command listens, and asks.
    private static void OnCanExecuteChanged(object? sender, EventArgs e) => _ = ((System.Windows.Input.ICommand)sender!).CanExecute(null);
}
