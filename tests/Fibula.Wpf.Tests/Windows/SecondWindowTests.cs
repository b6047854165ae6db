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
