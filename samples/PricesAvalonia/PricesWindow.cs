namespace PricesAvalonia;

/// <summary>Adds up prices and lists what runs. Closed meanwhile, it ends in order.</summary>
public sealed class PricesWindow : Window
{
    private readonly TextBlock _total = new() { Text = "No price yet." };

    public PricesWindow(UiApp app)
    {
        Title = "Prices";
        var load = new Button { Name = "Load", Content = "Load the prices" };
        var details = new Button { Name = "Details", Content = "Details" };
        load.Click += (_, _) => this.Tasks.Run(LoadAsync);
        details.Click += (_, _) => new DetailsWindow().Show(this);
        Content = new StackPanel { Children = { load, details, _total, new AvaloniaTaskPanel(app.Tasks) } };
    }

    private async Task LoadAsync(TaskContext task)
    {
        decimal total = 0;
        for (int number = 1; number <= 30; number++)
        {
            await task.Delay(TimeSpan.FromMilliseconds(100));
            total += number * 1.25m;
            task.Report(number, 30, $"price {number}");
        }

        _total.Text = $"30 prices, in all {total}.";
    }
}
