using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of handles: what is known of a task, and what can be done to it.</summary>
public sealed class HandleExampleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly UiApp _app;
    private readonly ExportWindow _window;

    public HandleExampleTests()
    {
        _app = _loop.UseFibula();
        _window = new ExportWindow(_app.Tasks.CreateChild("Export"));
        _loop.RunUntilIdle();
    }

    [Fact]
    public void Export_ThatIsStopped_ShowsItsStates()
    {
        _window.Export();
        _loop.RunUntilIdle();

        _window.Stop();
        _loop.Advance(Minute);

        Assert.Equal("Export: Canceled", _window.Shown);
    }

    [Fact]
    public void Price_IsTheResultOfTheTask()
    {
        BackgroundTask show = _window.ShowPrice();

        _loop.RunUntilEnded(show);

        Assert.Equal("The price is 42.", _window.Shown);
    }

    [Fact]
    public void State_IsShownAsASentence()
    {
        BackgroundTask export = _window.Export();
        _window.ShowState(export);

        export.Cancel();
        _loop.RunUntilIdle();
        string? told = _window.Shown;
        _loop.RunUntilEnded(export);
        _loop.RunUntilIdle();

        Assert.Equal(("Stopping …", "Stopped."), (told, _window.Shown));
    }

    [Fact]
    public void Reason_SaysWhoAskedAndWhy()
    {
        BackgroundTask export = _window.Export();

        _window.ShowReason(export);

        Assert.Equal("HandleExampleTests.ShowReason: The file is not needed any more.", _window.Shown);
    }

    [Fact]
    public void Exception_OfACanceledTask_HasTheReason()
    {
        BackgroundTask export = _window.Export();
        BackgroundTask wait = _window.WaitFor(export);

        export.Cancel("The file is not needed any more.");
        _loop.RunUntilEnded(wait);

        Assert.Equal("The file is not needed any more.", _window.Shown);
    }

    [Fact]
    public void Explain_OfATaskThatDoesNotStop_IsLogged()
    {
        var log = new StringWriter();
        LogUnresponsive(_app, log);
        BackgroundTask export = _window.Export();
        _loop.RunUntilIdle();

        export.Cancel("Enough.");
        _loop.Advance(TimeSpan.FromSeconds(2));

        Assert.StartsWith("'ExportAsync' in 'Export' was asked to cancel 2.0 s ago by ", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void KeepRunning_OutlivesTheWindow()
    {
        BackgroundTask export = _window.Export();
        _window.OfferToKeepRunning(export, _app);

        _window.KeepRunning();
        _loop.RunUntilEnded(_window.Scope.CloseAsync());

        Assert.Equal((BackgroundTaskState.Running, _app.Tasks), (export.State, export.Scope));
    }

    [Fact]
    public void Options_OfASave_GiveItItsNameAndItsTime()
    {
        BackgroundTask save = _window.Save("Report.txt");

        _loop.RunUntilEnded(save);

        Assert.Equal(("Save Report.txt", BackgroundTaskState.Canceled, Minute), (save.Name, save.State, save.Elapsed));
    }

    private static void LogUnresponsive(UiApp app, TextWriter log)
    {
        // docs: explain
        // 'Load' in 'Main' was asked to cancel 2.0 s ago by MainWindow.Close and waits in 'Prices.DownloadAsync'.
        app.Tasks.Unresponsive += task => log.WriteLine(task.Explain());
        // docs: end
    }

    private sealed class ExportWindow(TaskScope scope) : Window(scope)
    {
        private readonly Label _status = new();
        private readonly Button _stop = new();
        private readonly Button _keepRunning = new();

        public string? Shown => _status.Text;

        public void Stop() => _stop.PerformClick();

        public void KeepRunning() => _keepRunning.PerformClick();

        public BackgroundTask Export()
        {
            // docs: handle
            BackgroundTask export = this.Tasks.Run(ExportAsync);        // the window holds it, whatever becomes of the handle
            export.StateChanged += (_, state) => _status.Text = $"Export: {state}";
            _stop.Click += (_, _) => export.Cancel();
            // docs: end

            return export;
        }

        public BackgroundTask ShowPrice() => this.Tasks.Run(ShowPriceAsync);

        public void ShowState(BackgroundTask export)
        {
            // docs: state
            export.StateChanged += (_, state) => _status.Text = state switch
            {
                BackgroundTaskState.Canceling => "Stopping …",
                BackgroundTaskState.Canceled => "Stopped.",
                BackgroundTaskState.Faulted => "Failed.",
                BackgroundTaskState.Succeeded => "Done.",
                _ => "Exporting …",
            };
            // docs: end
        }

        public void ShowReason(BackgroundTask export)
        {
            // docs: reason
            export.Cancel("The file is not needed any more.");
            CancelReason reason = export.CancelReason!;
            _status.Text = $"{reason.RequestedBy}: {reason.Message}";       // who asked, and why
            // docs: end
        }

        public BackgroundTask WaitFor(BackgroundTask export) => this.Tasks.Run(async () =>
        {
            // docs: canceled
            try
            {
                await export;
            }
            catch (BackgroundTaskCanceledException canceled)
            {
                _status.Text = canceled.Reason.Message;     // The file is not needed any more.
            }
            // docs: end
        });

        public void OfferToKeepRunning(BackgroundTask export, UiApp app)
        {
            // docs: move
            _keepRunning.Click += (_, _) => export.MoveTo(app.Tasks);      // goes on when this window is closed
            // docs: end
        }

        public BackgroundTask Save(string file)
        {
            // docs: options
            BackgroundTask save = this.Tasks.Run(SaveAsync, new TaskOptions
            {
                Name = $"Save {file}",                                          // for people, in lists and reports
                OnClose = ClosePolicy.Finish(within: TimeSpan.FromSeconds(5)),  // a close lets it end
                Deadline = TimeSpan.FromMinutes(1),                             // then it is asked to cancel
            });
            // docs: end

            return save;
        }

        private async Task ShowPriceAsync()
        {
            // docs: result
            BackgroundTask<int> price = this.Tasks.Run(LoadPriceAsync);
            _status.Text = $"The price is {await price}.";      // what the work throws comes out here
            // docs: end
        }

        private static async Task<int> LoadPriceAsync(TaskContext task)
        {
            await task.Delay(Minute);
            return 42;
        }

        private static Task SaveAsync(TaskContext task) => task.Delay(Minute * 2);

        private static async Task ExportAsync(TaskContext task)
        {
            try
            {
                await task.Delay(Minute);
            }
            finally
            {
                await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(3)));
            }
        }
    }
}
