using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests;

/// <summary>A real Terminal.Gui application without a terminal, on a thread of its own.</summary>
internal sealed class HeadlessTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeadlessTerminal(Action<HeadlessTerminal> program)
    {
        var thread = new Thread(() => Run(program)) { IsBackground = true, Name = "terminal" };
        thread.Start();
    }

    public IApplication Application { get; } = Terminal.Gui.App.Application.Create();

    public UiApp App { get; private set; } = null!;

    public Window Window { get; private set; } = null!;

    /// <summary>The program has returned; faulted with what it threw.</summary>
    public Task Ended => _ended.Task.WaitAsync(Patience, TimeProvider.System);

    public static string ToolkitThread => Thread.CurrentThread.Name ?? "pool";

    /// <summary>Runs an app with one window; it is disposed when that has closed.</summary>
    public static async Task<HeadlessTerminal> StartAsync(Action<UiAppOptions>? configure = null, Func<Window>? window = null)
    {
        var terminal = new HeadlessTerminal(terminal =>
        {
            terminal.UseFibula(configure);
            terminal.Show(window?.Invoke() ?? new Window());
        });
        await Within(terminal._began.Task);
        return terminal;
    }

    /// <summary>Runs a program of the test's own.</summary>
    public static HeadlessTerminal Start(Action<HeadlessTerminal> program) => new(program);

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public static Task Within(Task task) => task.WaitAsync(Patience, TimeProvider.System);

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);

    public void UseFibula(Action<UiAppOptions>? configure = null, Func<IRunnable, bool>? isMainWindow = null) =>
        App = Application.UseFibula(configure, isMainWindow);

    public void Show(Window window)
    {
        Window = window;
        App.Post(() => _began.TrySetResult());
        Application.Run(window);
        window.Dispose();
    }

    public Task<T> OnUiAsync<T>(Func<T> callback)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(App.Post(() => result.SetResult(callback())), "The loop has ended.");
        return Within(result.Task);
    }

    public Task OnUiAsync(Action callback) =>
        OnUiAsync(() =>
        {
            callback();
            return true;
        });

    /// <summary>A key on its real way: through the input queue, which the toolkit reads in its next iteration.</summary>
    public void Press(Key key) =>
        Application.GetInputInjector().InjectKey(key, new InputInjectionOptions { Mode = InputInjectionMode.Pipeline, AutoProcess = false });

    /// <summary>Completes once the toolkit has drawn a screen that holds the text.</summary>
    public async Task ShowsAsync(string text)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs e)
        {
            if (Application.Driver?.ToString().Contains(text, StringComparison.Ordinal) == true)
            {
                shown.TrySetResult();
            }
        }

        await OnUiAsync(() =>
        {
            Application.LayoutAndDrawComplete += Look;
            Look(null, EventArgs.Empty);
        });
        await Within(shown.Task);
        await OnUiAsync(() => Application.LayoutAndDrawComplete -= Look);
    }

    public async ValueTask DisposeAsync()
    {
        App?.Exit();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [ModuleInitializer]
    internal static void LeaveTheRealTerminalAlone()
    {
        Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
        Terminal.Gui.App.Application.MaximumIterationsPerSecond = 250;
    }

    private void Run(Action<HeadlessTerminal> program)
    {
        try
        {
            Application.Init("ansi");
            using (Application)
            {
                program(this);
            }

            _ended.SetResult();
        }
        catch (Exception error)
        {
            _began.TrySetException(error);
            _ended.SetException(error);
        }
    }
}
