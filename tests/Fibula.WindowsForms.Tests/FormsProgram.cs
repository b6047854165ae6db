using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests;

/// <summary>A Windows Forms program with one form, or none, as it would be without Fibula but for the one line, on a thread of its own.</summary>
internal sealed class FormsProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WindowsFormsSynchronizationContext? _toolkit;

    public UiApp App { get; private set; } = null!;

    /// <summary>The main form; null where the program has none.</summary>
    public Form Form { get; private set; } = null!;

    /// <summary>The context of a program without a form.</summary>
    public ApplicationContext Context { get; } = new();

    /// <summary>What came to <see cref="Application.ThreadException"/>.</summary>
    public List<Exception> Errors { get; } = [];

    /// <summary>The program has returned.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public static string Thread => System.Threading.Thread.CurrentThread.Name ?? "pool";

    /// <summary>Runs a program, until it has nothing to do for the first time.</summary>
    /// <param name="configure">The hooks.</param>
    /// <param name="beforeRun">What its <c>Main</c> does before it runs the form.</param>
    /// <param name="isMainForm">Which form is the main one.</param>
    /// <param name="hasForm">False for a program in the notification area.</param>
    /// <param name="mainForm">Makes the form; null for a plain one.</param>
    public static async Task<FormsProgram> StartAsync(
        Action<UiAppOptions>? configure = null,
        Action<FormsProgram>? beforeRun = null,
        Func<Form, bool>? isMainForm = null,
        bool hasForm = true,
        Func<Form>? mainForm = null)
    {
        var program = new FormsProgram();
        program.Ended = UiThread.RunAsync(() => program.Run(configure, beforeRun, isMainForm, hasForm ? mainForm ?? NewForm : null));
        await await Task.WhenAny(program._idle.Task, program.Ended).WaitAsync(Patience, TimeProvider.System);
        return program;
    }

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>Work that needs a moment for its end, and says when it is told.</summary>
    public static async Task CleanUpAsync(Task moment, Action cleanedUp, CancellationToken cancellationToken)
    {
        try
        {
            await ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
            cleanedUp();
        }
    }

    /// <summary>Runs something in a callback of the toolkit's.</summary>
    public Task<T> OnUiAsync<T>(Func<T> callback)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _toolkit!.Post(
            _ =>
            {
                try
                {
                    done.SetResult(callback());
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            },
            null);
        return done.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <inheritdoc cref="OnUiAsync{T}(Func{T})"/>
    public Task OnUiAsync(Action callback) => OnUiAsync(() =>
    {
        callback();
        return true;
    });

    /// <summary>Waits until something is so that callbacks of the UI thread bring about.</summary>
    public Task UntilAsync(Func<bool> isSo) => Polling.UntilAsync(() => OnUiAsync(isSo));

    /// <summary>Opens another form.</summary>
    public Task<Form> OpenAsync(string name, Func<Task<bool>>? mayClose = null) => OnUiAsync(() =>
    {
        var form = new Form { Name = name };
        form.CloseAfterTasks(mayClose);
        form.Show();
        return form;
    });

    public async ValueTask DisposeAsync()
    {
        App?.Exit();
        await Ended;
    }

    private static Form NewForm() => new() { Name = "Main" };

    private void Run(Action<UiAppOptions>? configure, Action<FormsProgram>? beforeRun, Func<Form, bool>? isMainForm, Func<Form>? mainForm)
    {
        _toolkit = new WindowsFormsSynchronizationContext();
        Application.ThreadException += (_, e) => Errors.Add(e.Exception);
        App = Application.UseFibula(configure, isMainForm);
        beforeRun?.Invoke(this);
        Form = mainForm?.Invoke()!;
        Application.Idle += OnIdle;
        Application.Run(mainForm is null ? Context : new ApplicationContext(Form));
    }

    private void OnIdle(object? sender, EventArgs e)
    {
        Application.Idle -= OnIdle;
        _idle.SetResult();
    }
}
