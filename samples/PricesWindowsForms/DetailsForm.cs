using System.Windows.Forms;
using Fibula;

namespace PricesWindowsForms;

internal sealed class DetailsForm : Form
{
    private readonly Label _price = new() { Dock = DockStyle.Top };

    // docs: form
    public DetailsForm()
    {
        Text = "Details";
        Controls.Add(_price);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(WatchAsync);
    }

    private async Task<bool> MayCloseAsync()
    {
        var close = new Button { Text = "Close", DialogResult = DialogResult.Yes, Dock = DockStyle.Bottom };
        var stay = new Button { Text = "Stay", DialogResult = DialogResult.No, Dock = DockStyle.Bottom };
        using var question = new Form { Text = "The price is still being watched. Really close?", Controls = { close, stay } };
        return await question.ShowDialogAsync(this) == DialogResult.Yes;
    }

    // docs: end
    private async Task WatchAsync(TaskContext task)
    {
        for (int price = 42; ; price++)
        {
            _price.Text = $"The price is {price}.";
            task.Report(price);
            await task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
