// Loads the price lists of several shops at the same time: live bars on a terminal, plain lines in a pipe. Ctrl-C cancels.
// docs: program
using Fibula;
using Spectre.Console;

EventLoop.Run(async task =>
{
    task.Scope.ShowProgress();
    await task.RunGroupAsync(async shops =>
    {
        shops.Run(shop => LoadAsync(shop, lists: 15), new TaskOptions { Name = "Amsterdam" });
        shops.Run(shop => LoadAsync(shop, lists: 40), new TaskOptions { Name = "Berlin" });
        shops.Run(SearchAsync, new TaskOptions { Name = "New shops" });
        task.Run(UploadAsync, new TaskOptions { Name = "Upload" });
        await shops.Delay(TimeSpan.FromSeconds(1));
        Console.WriteLine("The price is 42.");
    });
    AnsiConsole.MarkupLine("[green]All prices are loaded.[/]");
});
// docs: end

static async Task LoadAsync(TaskContext task, int lists)
{
    try
    {
        for (int list = 0; list < lists; list++)
        {
            task.Report(list, lists, $"list {list + 1} of {lists}");
            await task.Delay(TimeSpan.FromSeconds(0.05));
        }
    }
    finally
    {
        // Says goodbye to the shop, also when it is canceled.
        await Task.Delay(TimeSpan.FromSeconds(0.8));
    }
}

static async Task SearchAsync(TaskContext task)
{
    task.ReportIndeterminate("asking the neighbors");
    await task.Delay(TimeSpan.FromSeconds(1.5));
}

static async Task UploadAsync(TaskContext task)
{
    await task.Delay(TimeSpan.FromSeconds(1.2));
    throw new IOException("No network.");
}
