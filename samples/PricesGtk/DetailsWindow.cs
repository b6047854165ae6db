namespace PricesGtk;

/// <summary>Follows a price until it is closed, and asks before that.</summary>
internal sealed class DetailsWindow : Window, IGtkWidget
{
    private readonly Label _price = new();

    // docs: window
    public DetailsWindow()
        : base("Details")
    {
        Add(_price);
        this.CloseAfterTasks(MayCloseAsync);
        this.Tasks.Run(WatchAsync);
    }

    private Task<bool> MayCloseAsync()
    {
        var answer = new TaskCompletionSource<bool>();
        var question = new Dialog("Really close?", this, DialogFlags.Modal, "Close", ResponseType.Yes, "Stay", ResponseType.No);
        question.Response += (_, e) => answer.TrySetResult(e.ResponseId == ResponseType.Yes);
        question.Response += (_, _) => question.Destroy();
        question.Show();
        return answer.Task;
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
