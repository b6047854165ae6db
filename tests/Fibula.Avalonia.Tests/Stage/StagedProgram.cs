using Avalonia;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Threading;
using Fibula.Tests.Conformance;

namespace Fibula.Avalonia.Tests.Stage;

/// <summary>An Avalonia program as it usually is, with an application of its own, on a thread of its own and on the stage.</summary>
internal sealed class StagedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StagedProgram(Func<Application> application, Action<StagedProgram>? before)
    {
        var thread = new Thread(() => Run(application, before)) { IsBackground = true, Name = "stage" };
        thread.Start();
    }

    public ClassicDesktopStyleApplicationLifetime Lifetime { get; } = new();

    public Dispatcher Dispatcher { get; private set; } = null!;

    public UiApp App { get; set; } = null!;

    public int ExitCode { get; private set; }

    /// <summary>The program has returned; faulted with what it threw.</summary>
    public Task Ended => _ended.Task.WaitAsync(Patience, TimeProvider.System);

    public Window Window => Lifetime.MainWindow!;

    public static string ToolkitThread => Thread.CurrentThread.Name ?? "pool";

    /// <summary>Runs a program with one window that uses Fibula.</summary>
    public static Task<StagedProgram> StartAsync(Action<UiAppOptions>? configure = null, Action<StagedProgram>? beforeFibula = null)
    {
        StagedProgram? program = null;
        return StartAsync(() => new TestApplication(application =>
        {
            beforeFibula?.Invoke(program!);
            program!.App = application.UseFibula(configure);
            program.Lifetime.MainWindow = new Window { Title = "Main" };
        }), before: started => program = started);
    }

    /// <summary>Runs a program of the test's own, until its loop runs.</summary>
    public static async Task<StagedProgram> StartAsync(Func<Application> application, Action<StagedProgram>? before = null)
    {
        var program = new StagedProgram(application, before);
        await Within(program._began.Task);
        return program;
    }

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public static Task Within(Task task) => task.WaitAsync(Patience, TimeProvider.System);

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);

    public Task<T> OnUiAsync<T>(Func<T> callback) => Within(Dispatcher.InvokeAsync(callback, DispatcherPriority.Background).GetTask());

    public Task OnUiAsync(Action callback) => Within(Dispatcher.InvokeAsync(callback, DispatcherPriority.Background).GetTask());

    /// <summary>Completes once the condition holds; each look has a turn of the dispatcher to itself.</summary>
    public Task UntilAsync(Func<bool> condition) => Polling.UntilAsync(() => OnUiAsync(condition));

    public async ValueTask DisposeAsync()
    {
        App?.Exit();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Run(Func<Application> application, Action<StagedProgram>? before)
    {
        try
        {
            Play(application, before);

            // Now: whoever hears of it may use the stage.
            _ended.SetResult();
        }
        catch (Exception error)
        {
            _began.TrySetException(error);
            _ended.SetException(error);
        }
    }

    private void Play(Func<Application> application, Action<StagedProgram>? before)
    {
        using IDisposable scope = AvaloniaLocator.EnterScope();
        before?.Invoke(this);
        StagePlatform.SetUp(application, Lifetime);
        Dispatcher = Dispatcher.UIThread;
        Dispatcher.Post(_began.SetResult);
        ExitCode = Lifetime.Start();
        Lifetime.Dispose();
    }
}
