using Fibula.Tests.Conformance;

namespace Fibula.Gtk.Tests.Linux;

/// <summary>A GTK 4 program with one window, as it would be without Fibula but for the one line, on a thread of its own.</summary>
internal sealed class GtkProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _activated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<UiAppOptions>? _configure;
    private readonly Action<GtkProgram>? _activate;

    private GtkProgram(Action<UiAppOptions>? configure, Action<GtkProgram>? activate)
    {
        _configure = configure;
        _activate = activate;
        var thread = new Thread(Run) { IsBackground = true, Name = "gtk" };
        thread.Start();
    }

    public nint Application { get; private set; }

    public UiApp App { get; private set; } = null!;

    public nint Window { get; private set; }

    /// <summary>The program has returned.</summary>
    public Task Ended => _ended.Task.WaitAsync(Patience, TimeProvider.System);

    public static string Thread => System.Threading.Thread.CurrentThread.Name ?? "pool";

    /// <summary>Runs a program.</summary>
    public static async Task<GtkProgram> StartAsync(Action<UiAppOptions>? configure = null, Action<GtkProgram>? activate = null)
    {
        var program = new GtkProgram(configure, activate);
        await await Task.WhenAny(program._activated.Task, program._ended.Task).WaitAsync(Patience, TimeProvider.System);
        return program;
    }

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>Runs something in a callback of the toolkit's.</summary>
    public static Task<T> OnUiAsync<T>(Func<T> callback)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Native.Idle(0, () =>
        {
            try
            {
                done.SetResult(callback());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <inheritdoc cref="OnUiAsync{T}(Func{T})"/>
    public static Task OnUiAsync(Action callback) => OnUiAsync(() =>
    {
        callback();
        return true;
    });

    /// <summary>Waits until something is so that callbacks of the UI thread bring about.</summary>
    public static Task UntilAsync(Func<bool> isSo) => Polling.UntilAsync(() => OnUiAsync(isSo));

    public void DestroyWindow()
    {
        Gtk4.Destroy(Window);
        Window = 0;
    }

    public async ValueTask DisposeAsync()
    {
        App?.Exit();
        await Ended;
    }

    private void Run()
    {
        try
        {
            Application = Gtk4.MakeApplication();
            App = GtkHandles.UseFibula(Application, _configure);
            Gtk4.Connect(Application, "activate", OnActivate);
            _ = Gtk4.Run(Application, 0, 0);
            Gtk4.Unref(Application);
            _ended.SetResult();
        }
        catch (Exception error)
        {
            _ended.SetException(error);
        }
    }

    private bool OnActivate()
    {
        Window = Gtk4.ApplicationWindowNew(Application);
        Gtk4.SetTitle(Window, "Prices");
        _activate?.Invoke(this);
        if (Window != 0)
        {
            Gtk4.Present(Window);
        }

        _activated.SetResult();
        return false;
    }
}
