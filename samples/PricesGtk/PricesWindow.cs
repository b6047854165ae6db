namespace PricesGtk;

/// <summary>Adds up prices and lists what runs. Closed meanwhile, it ends in order.</summary>
internal sealed class PricesWindow : Window, IGtkWidget
{
    private readonly Label _total = new("No price yet.") { Xalign = 0 };

    public PricesWindow(UiApp app)
        : base("Prices")
    {
        (BorderWidth, DefaultWidth) = (12, 640);
        var load = new Button("Load the prices");
        var details = new Button("Details");
        load.Clicked += (_, _) => this.Tasks.Run(LoadAsync);
        details.Clicked += (_, _) => new DetailsWindow { TransientFor = this }.ShowAll();
        var buttons = new Box(Orientation.Horizontal, 6) { load, details };
        Add(new Box(Orientation.Vertical, 12) { buttons, _total, new Grid(new GtkTaskPanel(app.Tasks).Handle) });
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
