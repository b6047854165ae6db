namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class ApplicationRunTests
{
    [Theory]
    [InlineData("close")]
    [InlineData("destroy")]
    [InlineData("destroy in the hook")]
    [Trait("Behaviour", "B82")]
    public async Task Run_OfAUiAppThatMakesItsWindowInStartup_LeavesWithThatWindow(string way)
    {
        PriceApp? app = null;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            nint application = Gtk4.MakeApplication();
            app = new PriceApp(application, way);
            app.Run(GLibLoop.OfApplication(application));
            Gtk4.Unref(application);
            ended.SetResult();
        });
        thread.Start();

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);

        Assert.Equal([way == "destroy in the hook" ? ExitCause.Requested : ExitCause.WindowClosed], app!.Causes);
        Assert.Single(app.CloseReport!.Canceled);
        Assert.Empty(app.Faults);
    }

    private sealed class PriceApp(nint application, string way) : UiApp
    {
        private nint _window;

        public List<ExitCause> Causes { get; } = [];

        public List<TaskFault> Faults { get; } = [];

        protected override void Startup()
        {
            _window = Gtk4.ApplicationWindowNew(application);
            Gtk4.Present(_window);
            Tasks.Faulted += Faults.Add;
            Tasks.Run(GtkProgram.ForeverAsync);
        }

        protected override Task OnRunningAsync()
        {
            switch (way)
            {
                case "close":
                    Gtk4.Close(_window);
                    break;
                case "destroy":
                    Gtk4.Destroy(_window);
                    break;
                default:
                    _ = RequestExitAsync();
                    break;
            }

            return Task.CompletedTask;
        }

        protected override async Task<bool> OnExitAsync(ExitCause cause)
        {
            Causes.Add(cause);
            if (way == "destroy in the hook")
            {
                await Task.Yield();
                Gtk4.Destroy(_window);
            }

            return true;
        }
    }
}
