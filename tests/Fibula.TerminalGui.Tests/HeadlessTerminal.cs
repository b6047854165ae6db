using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests;

/// <summary>A real Terminal.Gui application without a terminal, on a thread of its own.</summary>
internal sealed class HeadlessTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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
    public static async Task<HeadlessTerminal> StartAsync(
        Action<UiAppOptions>? configure = null,
        Func<Window>? window = null,
        TimeProvider? time = null)
    {
        var terminal = new HeadlessTerminal(terminal =>
        {
            if (time is null)
            {
                terminal.UseFibula(configure);
                terminal.Show(window?.Invoke() ?? new Window());
            }
            else
            {
                terminal.Run(window?.Invoke() ?? new Window(), time);
            }
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

    /// <summary>Runs an app on a clock of the test's.</summary>
    public void Run(Window window, TimeProvider time)
    {
        Window = window;
        App = new UiApp("timed");
        App.Post(() => _began.TrySetResult());
        App.Run(new TerminalGuiLoop(Application, window, time));
        window.Dispose();
    }

    public async Task<T> OnUiAsync<T>(Func<T> callback)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!App.Post(() => result.SetResult(callback())))
        {
            await Ended;
            Assert.Fail("The loop has ended.");
        }

        return await Within(result.Task);
    }

    public Task OnUiAsync(Action callback) =>
        OnUiAsync(() =>
        {
            callback();
            return true;
        });

    /// <summary>A key on its real way, through the input queue. Completes once the toolkit has read that.</summary>
    public async Task PressAsync(Key key)
    {
        if (key == Key.Esc)
        {
            await PressEscapeAsync();
            return;
        }

        Press(key);
        await IterationsAsync(1);
    }

    /// <summary>A key that may end the app.</summary>
    public void Press(Key key) =>
        Application.GetInputInjector().InjectKey(key, new InputInjectionOptions { Mode = InputInjectionMode.Pipeline, AutoProcess = false });

    /// <summary>Completes once the toolkit has drawn a screen that holds the text.</summary>
    public Task ShowsAsync(string text) => DrawnAsync(screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Completes once the toolkit has drawn a screen that does not hold the text.</summary>
    public Task HidesAsync(string text) => DrawnAsync(screen => !screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Completes after an iteration in which the condition holds.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await OnUiAsync(condition))
        {
            patience.Token.ThrowIfCancellationRequested();
            await IterationsAsync(1);
        }
    }

    public async Task IterationsAsync(int count)
    {
        for (int seen = 0; seen < count; seen++)
        {
            var iteration = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void OnIteration(object? sender, EventArgs<IApplication?> e) => iteration.TrySetResult();
            await OnUiAsync(() => Application.Iteration += OnIteration);
            await Within(iteration.Task);
            await OnUiAsync(() => Application.Iteration -= OnIteration);
        }
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

    // The toolkit waits a moment for more of a sequence before it takes this for a key, and what it closes may be the app.
    private async Task PressEscapeAsync()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await OnUiAsync(() => Application.Keyboard.KeyDown += (_, key) =>
        {
            if (key == Key.Esc)
            {
                read.TrySetResult();
            }
        });
        Press(Key.Esc);
        await Within(read.Task);
    }

    private async Task DrawnAsync(Func<string, bool> isDrawn)
    {
        var drawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string screen = string.Empty;
        void Look(object? sender, EventArgs e)
        {
            screen = Application.Driver?.ToString() ?? string.Empty;
            if (isDrawn(screen))
            {
                drawn.TrySetResult();
            }
        }

        await OnUiAsync(() => Application.LayoutAndDrawComplete += Look);
        await OnUiAsync(() => Look(null, EventArgs.Empty));
        try
        {
            await Within(drawn.Task);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The screen never came:\n{screen}");
        }

        await OnUiAsync(() => Application.LayoutAndDrawComplete -= Look);
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
