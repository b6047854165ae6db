namespace PricesWpf;

/// <summary>Adds up prices and lists what runs. Closed meanwhile, it ends in order.</summary>
internal sealed class PricesWindow : Window
{
    private readonly TextBlock _total = new() { Text = "No price yet.", Margin = new Thickness(0, 12, 0, 12) };

    public PricesWindow(UiApp app)
    {
        (Title, Width, Height) = ("Prices", 640, 200);
        var load = new Button { Name = "Load", Content = "Load the prices", Padding = new Thickness(6) };
        var details = new Button { Name = "Details", Content = "Details", Padding = new Thickness(6), Margin = new Thickness(6, 0, 0, 0) };
        load.Click += (_, _) => this.Tasks.Run(LoadAsync);
        details.Click += (_, _) => new DetailsWindow { Owner = this }.Show();
        var buttons = new StackPanel { Orientation = Orientation.Horizontal, Children = { load, details } };
        Content = new StackPanel { Margin = new Thickness(12), Children = { buttons, _total, new WpfTaskPanel(app.Tasks) } };
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
