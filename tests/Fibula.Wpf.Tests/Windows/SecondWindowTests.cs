using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class SecondWindowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B96")]
    public async Task DialogResult_OfADialogThatIsHeld_SurvivesASecondClick(bool given)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();

        (bool? answer, bool isCleanedUp) = await program.OnUiAsync(() =>
        {
            var moment = new TaskCompletionSource();
            var dialog = new Window { Title = "Dialog", Width = 200, Height = 100 };
            BackgroundTask? task = null;
            dialog.Dispatcher.BeginInvoke(() =>
            {
                task = dialog.Tasks.Run(token => CleanUpAsync(moment.Task, token));
                dialog.DialogResult = given;
                dialog.Dispatcher.BeginInvoke(() =>
                {
                    dialog.Close();
                    dialog.Dispatcher.BeginInvoke(moment.SetResult);
                });
            });
            return (dialog.ShowDialog(), task?.IsCompleted == true);
        });

        Assert.Equal((given, true), (answer, isCleanedUp));
    }

    [Fact]
    [Trait("Behaviour", "B90")]
    public async Task Cancellation_ThatLeavesAnAsyncVoid_DisturbsNobody()
    {
        var errors = new List<Exception>();
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await OpenAsync(program, Task.CompletedTask);
        program.Application.Dispatcher.UnhandledException += (_, e) =>
        {
            if (!e.Handled)
            {
                errors.Add(e.Exception);
                e.Handled = true;
            }
        };

        await program.OnUiAsync(() => Click(task));
        await program.OnUiAsync(window.Close);
        await program.UntilAsync(() => task.IsCompleted);
        await program.OnUiAsync(() => Click(null));
        await program.UntilAsync(() => errors.Count > 0);

        Assert.Equal(["disk full"], errors.Select(static error => error.Message));
    }

    private static async void Click(BackgroundTask? task)
    {
        if (task is not null)
        {
            await task;
        }

        throw new IOException("disk full");
    }

    private static Task<(Window Window, BackgroundTask Task)> OpenAsync(WpfProgram program, Task moment) => program.OnUiAsync(() =>
    {
        var window = new Window { Title = "Import", Width = 200, Height = 100 };
        window.Show();
        return (window, window.Tasks.Run(token => CleanUpAsync(moment, token)));
    });

    private static async Task CleanUpAsync(Task moment, CancellationToken cancellationToken)
    {
        try
        {
            await WpfProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
        }
    }
}
