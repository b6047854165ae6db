using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The code of the guide's pages on structured work, run.</summary>
public sealed class GuideTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _log = [];

    public GuideTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Group_LoadsBoth()
    {
        BackgroundTask<string> task = _window.Run(LoadPageAsync);
        _loop.RunUntilEnded(task);

        Assert.Equal("prices and news", task.AsTask().Result);
    }

    [Fact]
    public void Save_IsCompleteAlthoughItWasTold()
    {
        BackgroundTask task = _window.Run(EditAsync);
        _loop.RunUntilIdle();
        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(["saved"], _log);
    }

    [Fact]
    public void Document_IsSavedAlthoughTheWindowCloses()
    {
        _window.Run(EditDocumentAsync);
        _loop.RunUntilIdle();

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.Equal(["saved"], _log);
    }

    [Fact]
    public void Search_KeepsTheLatest()
    {
        var model = new SearchModel(_window);
        model.Search.ExecuteAsync("a");
        model.Search.ExecuteAsync("ab");
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["ab"], model.Found);
    }

    [Fact]
    public void Race_EndsWithTheFirst()
    {
        BackgroundTask<string> task = _window.Run(LoadFastestAsync);
        _loop.RunUntilEnded(task);

        Assert.Contains(task.AsTask().Result, (string[])["prices", "news"]);
    }

    [Fact]
    public void KeepRunning_LivesOnInTheApp()
    {
        TaskScope view = _window.CreateChild("view");
        BackgroundTask export = Export(view);
        bool isMoved = export.MoveTo(_window);
        _loop.RunUntilEnded(view.CloseAsync());

        Assert.True(isMoved);
        Assert.Equal(BackgroundTaskState.Running, export.State);
    }

    // docs: group
    private static async Task<string> LoadPageAsync(TaskContext task) =>
        await task.RunGroupAsync(async group =>
        {
            BackgroundTask<string> prices = group.Run(LoadPricesAsync);
            BackgroundTask<string> news = group.Run(LoadNewsAsync);
            return $"{await prices} and {await news}";
        });
    // docs: end

    // docs: race
    private static async Task<string> LoadFastestAsync(TaskContext task) =>
        await task.RunGroupAsync(async mirrors =>
        {
            Task<string>[] answers = [mirrors.Run(LoadPricesAsync).AsTask(), mirrors.Run(LoadNewsAsync).AsTask()];
            Task<string> first = await Task.WhenAny(answers);
            mirrors.CancelChildren("Another mirror was faster.");
            return await first;
        });
    // docs: end

    // docs: shield
    private async Task EditAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            await task.ShieldAsync(SaveAsync, new TaskOptions { Deadline = TimeSpan.FromSeconds(2) });
        }
    }
    // docs: end

    // docs: own-policy
    private async Task EditDocumentAsync(TaskContext task)
    {
        try
        {
            await task.Delay(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            // The window closes, and waits up to 10 seconds for this.
            task.Run(SaveAsync, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(10)) });
        }
    }
    // docs: end

    // docs: ask
    private static BackgroundTask Export(TaskScope tasks) =>
        tasks.Run(ExportAsync, new TaskOptions { OnClose = ClosePolicy.Ask });
    // docs: end

    private static async Task ExportAsync(TaskContext task) => await task.Delay(TimeSpan.FromMinutes(1));

    private static async Task<string> LoadPricesAsync(TaskContext task)
    {
        await task.Delay(TimeSpan.FromSeconds(1));
        return "prices";
    }

    private static async Task<string> LoadNewsAsync(TaskContext task)
    {
        await task.Delay(TimeSpan.FromSeconds(1));
        return "news";
    }

    private async Task SaveAsync(TaskContext task)
    {
        await task.Delay(TimeSpan.FromSeconds(1));
        _log.Add("saved");
    }

    // docs: command
    private sealed class SearchModel
    {
        public SearchModel(TaskScope tasks)
        {
            Search = new TaskCommand<string>(tasks, FindAsync)
            {
                Policy = CommandPolicy.KeepLatest,
                Debounce = TimeSpan.FromMilliseconds(300),
            };
        }

        public TaskCommand<string> Search { get; }

        public List<string> Found { get; } = [];

        private async Task FindAsync(string text, TaskContext task)
        {
            await task.Delay(TimeSpan.FromMilliseconds(100));
            Found.Add(text);
        }
    }
    // docs: end
}
