namespace PricesAvalonia;

/// <summary>Follows a price until it is closed, and asks before that.</summary>
public sealed class DetailsWindow : Window
{
    private readonly TextBlock _price = new();

    // docs: window
    public DetailsWindow()
    {
        (Title, Content) = ("Details", _price);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(WatchAsync);
    }

    private async Task<bool> MayCloseAsync()
    {
        var close = new Button { Name = "Close", Content = "Close" };
        var question = new Window { Title = "Really close?", Content = close };
        close.Click += (_, _) => question.Close(true);
        return await question.ShowDialog<bool>(this);
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
