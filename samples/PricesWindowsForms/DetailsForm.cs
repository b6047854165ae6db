namespace PricesWindowsForms;

internal sealed class DetailsForm : Form
{
    private readonly Label _price = new() { Dock = DockStyle.Top };

    // docs: form
    public DetailsForm()
    {
        (Text, ClientSize, StartPosition) = ("Details", new Size(260, 60), FormStartPosition.CenterScreen);
        Controls.Add(_price);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(WatchAsync);
    }

    private async Task<bool> MayCloseAsync()
    {
        var close = new Button { Text = "Close", DialogResult = DialogResult.Yes, Dock = DockStyle.Bottom };
        var stay = new Button { Text = "Stay", DialogResult = DialogResult.No, Dock = DockStyle.Bottom };
        using var question = new Form { Text = "Really close?", ClientSize = new Size(260, 60), StartPosition = FormStartPosition.CenterParent, Controls = { close, stay } };
        return await question.ShowDialogAsync(this) == DialogResult.Yes;
    }
    // docs: end

    private async Task WatchAsync(TaskContext task)
    {
        for (int price = 42; ; price++)
        {
            _price.Text = $"The price is {price}.";
            task.Report(_price.Text);
            await task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
