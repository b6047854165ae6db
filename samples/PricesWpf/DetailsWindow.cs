namespace PricesWpf;

/// <summary>Follows a price until it is closed, and asks before that.</summary>
internal sealed class DetailsWindow : Window
{
    private readonly TextBlock _price = new();

    // docs: window
    public DetailsWindow()
    {
        (Title, Content, Width, Height) = ("Details", _price, 260, 100);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(WatchAsync);
    }

    private Task<bool> MayCloseAsync()
    {
        var close = new Button { Name = "Close", Content = "Close" };
        var question = new Window { Title = "Really close?", Content = close, Width = 260, Height = 100, Owner = this };
        close.Click += (_, _) => question.DialogResult = true;
        return Task.FromResult(question.ShowDialog() == true);
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
