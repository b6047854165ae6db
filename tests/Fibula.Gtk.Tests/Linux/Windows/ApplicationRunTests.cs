namespace Fibula.Gtk.Tests.Linux.Windows;

[Collection("GTK")]
public sealed class ApplicationRunTests
{
    [Theory]
    [InlineData("close")]
    [InlineData("destroy")]
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

        Assert.Equal([ExitCause.WindowClosed], app!.Causes);
        Assert.Single(app.CloseReport!.Canceled);
    }

    private sealed class PriceApp(nint application, string way) : UiApp
    {
        private nint _window;

        public List<ExitCause> Causes { get; } = [];

        protected override void Startup()
        {
            _window = Gtk4.ApplicationWindowNew(application);
            Gtk4.Present(_window);
            Tasks.Run(GtkProgram.ForeverAsync);
        }

        protected override Task OnRunningAsync()
        {
            Action<nint> end = way == "close" ? Gtk4.Close : Gtk4.Destroy;
            end(_window);
            return Task.CompletedTask;
        }

        protected override Task<bool> OnExitAsync(ExitCause cause)
        {
            Causes.Add(cause);
            return Task.FromResult(true);
        }
    }
}
