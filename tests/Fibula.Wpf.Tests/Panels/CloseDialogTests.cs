using System.Windows;
using Fibula.Wpf.Tests.Conformance;

namespace Fibula.Wpf.Tests.Panels;

[Collection("WPF")]
public sealed class CloseDialogTests
{
    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task RequestExit_WithoutAVisibleWindow_AsksAllTheSame()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var window = new Window { Title = "Report", Width = 300, Height = 200 };
            window.Show();
            BackgroundTask task = window.Tasks.Run(static task => WpfProgram.ForeverAsync(task.CancellationToken), new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });
            window.Hide();
            program.Window.Hide();
            return task;
        });

        _ = program.App.RequestExitAsync();
        await program.UntilAsync(() => WindowDialog.Find(program.Application).Count > 0);
        WindowDialog dialog = await program.OnUiAsync(() => WindowDialog.Find(program.Application)[0]);
        await dialog.AnswerAsync("Cancel it", "button");
        await program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
