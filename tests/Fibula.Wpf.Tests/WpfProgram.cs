using System.Windows;
using System.Windows.Interop;
using System.Windows.Threading;
using Fibula.Tests.Conformance;

namespace Fibula.Wpf.Tests;

/// <summary>A WPF program as it usually is, with an application of its own, on a thread of its own.</summary>
internal sealed class WpfProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WpfProgram(Func<Application> make, Action<WpfProgram>? startup)
    {
        var thread = new Thread(() => Run(make, startup)) { IsBackground = true, Name = "wpf" };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
    }

    public Application Application { get; private set; } = null!;

    public UiApp App { get; set; } = null!;

    public Window Window => Application.MainWindow;

    public int ExitCode { get; private set; }

    /// <summary>The program has returned; faulted with what it threw.</summary>
    public Task Ended => _ended.Task.WaitAsync(Patience, TimeProvider.System);

    public static string ToolkitThread => Thread.CurrentThread.Name ?? "pool";

    /// <summary>Runs a program with one window that uses Fibula.</summary>
    public static Task<WpfProgram> StartAsync(Action<UiAppOptions>? configure = null) =>
        StartAsync(OneApplication.Make, program =>
        {
            program.App = program.Application.UseFibula(configure);
            new Window { Title = "Main", Width = 300, Height = 200 }.Show();
        });

    /// <summary>Runs a program of the test's own, until its loop runs.</summary>
    public static async Task<WpfProgram> StartAsync(Func<Application> make, Action<WpfProgram>? startup = null)
    {
        var program = new WpfProgram(make, startup);
        await Within(program._began.Task);
        return program;
    }

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public static Task Within(Task task) => task.WaitAsync(Patience, TimeProvider.System);

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);

    public static nint HandleOf(Window window) => new WindowInteropHelper(window).Handle;

    public Task<T> OnUiAsync<T>(Func<T> callback) => Within(Application.Dispatcher.InvokeAsync(callback, DispatcherPriority.Background).Task);

    public Task OnUiAsync(Action callback) => Within(Application.Dispatcher.InvokeAsync(callback, DispatcherPriority.Background).Task);

    /// <summary>Completes once the condition holds; each look has a turn of the dispatcher to itself.</summary>
    public Task UntilAsync(Func<bool> condition) => Polling.UntilAsync(() => OnUiAsync(condition));

    public async ValueTask DisposeAsync()
    {
        App?.Exit();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Run(Func<Application> make, Action<WpfProgram>? startup)
    {
        try
        {
            Application = make();
            Application.Startup += (_, _) => startup?.Invoke(this);
            Application.Dispatcher.BeginInvoke(DispatcherPriority.Background, _began.SetResult);
            ExitCode = Application.Run();
            _ended.SetResult();
        }
        catch (Exception error)
        {
            _began.TrySetException(error);
            _ended.SetException(error);
        }
    }
}
