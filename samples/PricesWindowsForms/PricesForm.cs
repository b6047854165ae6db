using System.Drawing;
using System.Windows.Forms;
using Fibula;

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

    private async Task LoadAsync(TaskContext task)
    {
        const int Count = 30;
        decimal total = 0;
        for (int number = 1; number <= Count; number++)
        {
            await task.Delay(TimeSpan.FromMilliseconds(100));
            total += number * 1.25m;
            task.Report(number, Count, $"price {number}");
        }

        _total.Text = $"{Count} prices, in all {total}.";
    }
}
