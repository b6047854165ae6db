using System.Reflection;
using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests;

/// <summary>Somebody before the screen of a program: sees the texts on it, and clicks.</summary>
internal sealed class UserOfForms : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WindowsFormsSynchronizationContext? _toolkit;

    /// <summary>The program has returned.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a program and waits until it has nothing to do.</summary>
    public static async Task<UserOfForms> StartAsync(MethodInfo main)
    {
        var user = new UserOfForms();
        user.Ended = UiThread.RunAsync(() => user.Run(main));
        await await Task.WhenAny(user._idle.Task, user.Ended).WaitAsync(Patience, TimeProvider.System);
        return user;
    }

    public Task SeesAsync(string form, string text) => UntilAsync(() => Form(form) is { } found && Texts(found).Any(shown => shown.Contains(text, StringComparison.Ordinal)));

    public Task SeesNoMoreAsync(string form) => UntilAsync(() => Form(form) is null);

    public async Task ClickAsync(string form, string button)
    {
        await SeesAsync(form, button);
        await OnUiAsync(() => User32.Click(Controls(Form(form)!).OfType<Button>().First(control => control.Text == button)));
    }

    public Task CloseAsync(string form) => OnUiAsync(() => User32.ClickClose(Form(form)!.Handle));

    /// <summary>The answer to the question before may be on its way to the form still: until it is there, a close belongs to that question.</summary>
    public Task CloseUntilThereIsAsync(string form, string question) => UntilAsync(() =>
    {
        bool isAsked = Form(question) is not null;
        if (!isAsked)
        {
            User32.ClickClose(Form(form)!.Handle);
        }

        return isAsked;
    });

    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            _toolkit!.Post(_ => Application.ExitThread(), null);
        }

        await Ended;
    }

    private static Form? Form(string title) =>
        Application.OpenForms.Cast<Form>().FirstOrDefault(form => form.Visible && form.Text.EndsWith(title, StringComparison.Ordinal));

    private static IEnumerable<string> Texts(Control control) => Controls(control).SelectMany(TextsOf);

    private static IEnumerable<string> TextsOf(Control control) => control is ListView list
        ? list.Items.Cast<ListViewItem>().SelectMany(item => item.SubItems.Cast<ListViewItem.ListViewSubItem>()).Select(cell => cell.Text)
        : [control.Text];

    private static IEnumerable<Control> Controls(Control control) =>
        control.Controls.Cast<Control>().SelectMany(child => Controls(child).Prepend(child));

    private async Task UntilAsync(Func<bool> isSo)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await OnUiAsync(isSo))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "What the user waits for has not come about.");
        }
    }

    private Task OnUiAsync(Action callback) => OnUiAsync(() =>
    {
        callback();
        return true;
    });

    private Task<bool> OnUiAsync(Func<bool> callback)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _toolkit!.Post(_ => done.SetResult(callback()), null);
        return done.Task.WaitAsync(Patience, TimeProvider.System);
    }

    private void Run(MethodInfo main)
    {
        _toolkit = new WindowsFormsSynchronizationContext();
        Application.Idle += OnIdle;
        main.Invoke(null, null);
    }

    private void OnIdle(object? sender, EventArgs e)
    {
        Application.Idle -= OnIdle;
        _idle.SetResult();
    }
}
