namespace PricesWindowsForms;

internal sealed class PricesForm : Form
{
    private readonly Label _total = new() { AutoSize = true, Text = "No price yet.", Location = new Point(12, 50) };

    public PricesForm(UiApp app)
    {
        (Text, ClientSize) = ("Prices", new Size(560, 300));
        var load = new Button { Text = "Load the prices", AutoSize = true, Location = new Point(12, 12) };
        var details = new Button { Text = "Details", AutoSize = true, Location = new Point(140, 12) };
        load.Click += (_, _) => this.Tasks.Run(LoadAsync);
        details.Click += (_, _) => new DetailsForm().Show(this);
        Controls.AddRange(load, details, _total, new WindowsFormsTaskPanel(app.Tasks) { Dock = DockStyle.Bottom, Height = 220 });
    }

    // docs: main
    [STAThread]
    private static void Main()
    {
        Application.EnableVisualStyles();
        Application.Run(new PricesForm(Application.UseFibula()));
    }
    // docs: end

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
