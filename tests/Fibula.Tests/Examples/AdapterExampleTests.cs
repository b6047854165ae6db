using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.Tests.Examples;

/// <summary>The examples for adapters.</summary>
public sealed class AdapterExampleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = new();
    private readonly UiApp _app;
    private readonly ControlScopes _scopes;

    public AdapterExampleTests()
    {
        _app = _loop.UseFibula();
        _scopes = new ControlScopes(_loop);
        _loop.RunUntilIdle();
    }

    [Fact]
    public void TheScopeOfAControl_BelongsToItsWindow_AndGoesWithIt()
    {
        var window = new Window(_app.Tasks) { Title = "Import" };
        var list = new Control { Name = "list", Parent = window };
        BackgroundTask load = _scopes.Of(list).Run(task => task.Delay(Second));

        window.Dispose();
        _loop.RunUntilEnded(load);

        Assert.Equal(("list", "Import"), (_scopes.Of(list).Name, _scopes.Of(window).Name));
        Assert.Equal("'Import' was closed.", load.CancelReason!.Message);
    }

    [Fact]
    public void AWindow_ThatWaitsForItsTasks_ClosesAfterThem()
    {
        var window = new Window(_app.Tasks);
        var closing = new ToolkitWindowClosing(_loop, _scopes, window);
        closing.WaitForTasks(mayClose: null);
        BackgroundTask save = _scopes.Of(window).Run(task => task.ShieldAsync(inner => inner.Delay(Second)).AsTask());
        BackgroundTaskState? atTheClose = null;
        window.Closed += (_, _) => atTheClose = save.State;

        window.Close();
        _loop.RunUntil(() => atTheClose is not null);

        Assert.True(save.IsCompleted);
        Assert.Equal((BackgroundTaskState.Succeeded, Second), (atTheClose, save.Elapsed));
    }

    [Fact]
    public void ALoop_OfAToolkit_RunsAnAppUntilItLeaves()
    {
        var app = new UiApp();
        var task = app.Tasks.Run(async task =>
        {
            await task.Delay(TimeSpan.FromMilliseconds(1));
            app.Exit();
        });

        int exitCode = app.Run(new MessageLoop(new MessageQueue()));

        Assert.Equal((0, BackgroundTaskState.Succeeded), (exitCode, task.State));
    }

    // docs: loop
    private sealed class MessageLoop(MessageQueue toolkit) : ToolkitLoop
    {
        protected override bool CheckAccessCore() => toolkit.IsOnItsThread;

        protected override void RequestTurn(bool yielding) => toolkit.Invoke(RunTurn);

        protected override void RunCore()
        {
            toolkit.Invoke(NotifyStarted);
            toolkit.Run();
            NotifyEnded();
        }

        protected override void QuitCore() => toolkit.Quit();
    }
    // docs: end

    // docs: scopes
    private sealed class ControlScopes(ToolkitLoop loop) : ViewScopes<Control>(loop)
    {
        public override string NameOf(Control view) => NameOf(view, view.Name, static view => (view as Window)?.Title);

        protected override Control? ParentOf(Control view) => view.Parent;

        protected override bool IsWindow(Control view) => view is Window;

        protected override void Watch(Control view) => view.Disposed += (_, _) => _ = CloseAsync(view);
    }
    // docs: end

    // docs: closing
    private sealed class ToolkitWindowClosing : WindowClosing
    {
        private readonly ControlScopes _scopes;
        private readonly Window _window;

        public ToolkitWindowClosing(ToolkitLoop loop, ControlScopes scopes, Window window)
            : base(loop)
        {
            (_scopes, _window) = (scopes, window);
            window.Closing += (_, e) => e.Cancel = HoldBack();
            window.Closed += (_, _) => NotifyClosed();
        }

        protected override string Name => _scopes.NameOf(_window);

        protected override IReadOnlyList<TaskScope> TaskScopes => _scopes.ScopesIn(_window);

        protected override void CloseCore() => _window.Close();
    }
    // docs: end
}
