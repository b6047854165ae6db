using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of scopes, and of what work may ask for.</summary>
public sealed class WorkExampleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    public void AViewModel_WhoseWindowCloses_LoadsNoMore()
    {
        var window = new TaskScope(_loop, "window");
        var model = new PriceModel(window, new Shop(_loop.TimeProvider));

        model.Refresh();
        _loop.RunUntilEnded(window.CloseAsync());
        _loop.Advance(Second);

        Assert.Equal("", model.Price);
    }

    [Fact]
    public void AViewModel_LoadsItsPrice()
    {
        var model = new PriceModel(new TaskScope(_loop, "window"), new Shop(_loop.TimeProvider));

        model.Refresh();
        _loop.Advance(Second);

        Assert.Equal("42", model.Price);
    }

    [Fact]
    public void Wizard_WhoseButtonIsClicked_GoesOn()
    {
        var wizard = new Wizard(new TaskScope(_loop, "Wizard"));
        BackgroundTask steps = wizard.Start();

        wizard.Next.PerformClick();
        _loop.RunUntilEnded(steps);

        Assert.Equal("Installing …", wizard.Shown);
    }

    private sealed class Wizard(TaskScope scope) : Window(scope)
    {
        private readonly Label _status = new();
        private readonly Button _next = new();

        public Button Next => _next;

        public string? Shown => _status.Text;

        // docs: event
        public BackgroundTask Start() => this.Tasks.Run(async task =>
        {
            _status.Text = "Ready to install.";
            await task.WhenRaisedAsync(handler => _next.Click += handler, handler => _next.Click -= handler);     // ends with the window too
            _status.Text = "Installing …";
        });
        // docs: end
    }

    [Fact]
    public void Upload_OfTheLastFile_IsWaitedFor()
    {
        var window = new TaskScope(_loop, "window");
        var log = new List<string>();
        window.Run(async task =>
        {
            await task.Delay(Second);
            log.Add("uploaded");
        });

        _loop.RunUntilEnded(SwitchUserAsync(window, log));

        Assert.Equal(["uploaded", "switched"], log);
    }

    private static async Task SwitchUserAsync(TaskScope uploads, List<string> log)
    {
        // docs: empty
        await uploads.WhenEmptyAsync();     // what runs may finish, and the scope stays open
        // docs: end
        log.Add("switched");
    }

    [Fact]
    public void Refresh_InAScopeOrInATask_LoadsThePrice()
    {
        var window = new TaskScope(_loop, "window");
        var shop = new Shop(_loop.TimeProvider);

        BackgroundTask<string> own = LoadPrice(window, shop);
        BackgroundTask<string> inside = window.Run(async task => await LoadPrice(task, shop));
        _loop.RunUntilEnded(inside);

        Assert.Equal(("42", "42"), (own.AsTask().Result, inside.AsTask().Result));
    }

    [Fact]
    public void CountRows_OfTwoFiles_SaysHowFarItIs()
    {
        var window = new ReportWindow(new TaskScope(_loop, "Report"));
        BackgroundTask<int> count = window.Count();

        _loop.Advance(Second);
        TaskProgress half = count.Progress;
        _loop.RunUntilEnded(count);

        Assert.Equal("50 % · May.csv", $"{half}");
        Assert.Equal(16, count.AsTask().Result);
    }

    [Fact]
    public void ShowTotal_ComputesOnThePool_AndIsBackOnTheUiThread()
    {
        TestLoop loop = StartedLoop.CreateInRealTime();
        var window = new ReportWindow(new TaskScope(loop, "Report"));

        BackgroundTask total = window.Total();
        loop.RunUntilEnded(total);

        Assert.Equal(("42", true, false), (window.Shown, window.ShownOnUiThread, window.ComputedOnUiThread));
    }

    [Fact]
    public void Preview_OnceItsServerIsReady_KnowsThePort()
    {
        var window = new PreviewWindow(new TaskScope(_loop, "Preview"));
        BackgroundTask preview = window.Preview();

        _loop.RunUntilEnded(preview);
        string[] running = [.. window.Scope.Snapshot().Tasks.Select(task => task.Name)];
        window.Stop();
        _loop.Advance(Second);

        Assert.Equal("The preview is at port 8080.", window.Shown);
        Assert.Equal(["ServeAsync"], running);
        Assert.Empty(window.Scope.Snapshot().Tasks);
    }

    // docs: starter
    // A window passes its scope, and the price is its task; a task passes its context, and the price is its child.
    private static BackgroundTask<string> LoadPrice(TaskStarter starter, Shop shop) => starter.Run(shop.LoadPriceAsync);
    // docs: end

    // docs: scope
    private sealed class PriceModel(TaskScope tasks, Shop shop)     // its window makes it: new PriceModel(this.Tasks, shop)
    {
        public string Price { get; private set; } = "";

        public void Refresh() => tasks.Run(LoadAsync);              // asked to cancel when the window closes

        private async Task LoadAsync(CancellationToken cancellationToken) => Price = await shop.LoadPriceAsync(cancellationToken);
    }
    // docs: end

    private sealed class Shop(TimeProvider clock)
    {
        public async Task<string> LoadPriceAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Second, clock, cancellationToken);
            return "42";
        }
    }

    private sealed class ReportWindow(TaskScope scope) : Window(scope)
    {
        private readonly string[] _files = ["April.csv", "May.csv"];
        private readonly Label _status = new();

        public string? Shown => _status.Text;

        public bool? ComputedOnUiThread { get; private set; }

        public bool? ShownOnUiThread { get; private set; }

        public BackgroundTask<int> Count() => this.Tasks.Run(CountRowsAsync);

        public BackgroundTask Total() => this.Tasks.Run(async task =>
        {
            await ShowTotalAsync(task);
            ShownOnUiThread = Scope.Loop!.CheckAccess();
        });

        // docs: context
        private async Task<int> CountRowsAsync(TaskContext task)
        {
            int rows = 0;
            foreach ((int done, string file) in _files.Index())
            {
                task.Report(done, _files.Length, file);
                rows += await CountRowsAsync(file, task.CancellationToken);
            }

            return rows;
        }
        // docs: end

        // docs: switch
        private async Task ShowTotalAsync(TaskContext task)
        {
            await task.SwitchToThreadPoolAsync();
            int total = ComputeTotal();                 // takes long: not on the UI thread

            await task.SwitchToUiAsync();
            _status.Text = $"{total}";
        }
        // docs: end

        private int ComputeTotal()
        {
            ComputedOnUiThread = Scope.Loop!.CheckAccess();
            return 42;
        }

        private async Task<int> CountRowsAsync(string file, CancellationToken cancellationToken)
        {
            await Task.Delay(Second, Scope.Loop!.TimeProvider, cancellationToken);
            return file.Length;
        }
    }

    private sealed class PreviewWindow(TaskScope scope) : Window(scope)
    {
        private readonly Label _status = new();
        private readonly Button _stop = new();

        public string? Shown => _status.Text;

        public void Stop() => _stop.PerformClick();

        public BackgroundTask Preview() => this.Tasks.Run(PreviewAsync);

        // docs: start
        private async Task PreviewAsync()
        {
            (BackgroundTask server, int port) = await this.Tasks.StartAsync<int>(ServeAsync);
            _stop.Click += (_, _) => server.Cancel();
            _status.Text = $"The preview is at port {port}.";
        }

        private static async Task ServeAsync(TaskContext task, Action<int> ready)
        {
            int port = await ListenAsync(task);
            ready(port);                                // PreviewAsync goes on, and so does this
            await AnswerAsync(task);
        }
        // docs: end

        private static async Task<int> ListenAsync(TaskContext task)
        {
            await task.Delay(Second);
            return 8080;
        }

        private static Task AnswerAsync(TaskContext task) => task.Delay(Timeout.InfiniteTimeSpan);
    }
}
