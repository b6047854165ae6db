using Fibula;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace TerminalWindow;

/// <summary>A window with a button, as it was before, but for <c>this.Tasks</c>: no press is lost, and none outlives the window.</summary>
internal sealed class SumWindow : Window
{
    private readonly TextField _limit = new() { Text = "50", X = 7, Width = 8 };
    private readonly Label _sum = new() { Y = 2, Width = Dim.Fill() };

    public SumWindow(UiApp app)
    {
        Title = "Sum (Esc to quit)";
        var add = new Button { Text = "Add up", X = Pos.Right(_limit) + 1, IsDefault = true };
        var running = new TerminalTaskPanel(app.Tasks) { Y = 4, Width = Dim.Fill(), Height = Dim.Fill() };
        Add(new Label { Text = "Up to:" }, _limit, add, _sum, running);

        // docs: button
        add.Accepting += (_, e) =>
        {
            e.Handled = true;
            this.Tasks.Run(AddUpAsync);
        };
        // docs: end
    }

    private async Task AddUpAsync(TaskContext task)
    {
        if (!int.TryParse(_limit.Text, out int limit))
        {
            _sum.Text = "A number, please.";
            return;
        }

        long sum = 0;
        for (int number = 1; number <= limit; number++)
        {
            sum += number;
            task.Report(number, limit);
            await task.Delay(TimeSpan.FromMilliseconds(100));
        }

        _sum.Text = $"1 + … + {limit} = {sum}";
    }
}
