using System.Windows.Forms;
using Fibula.WindowsForms.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Panels;

[Collection("Windows Forms")]
public sealed class CloseDialogTests
{
    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task RequestExit_WithoutAVisibleForm_AsksAllTheSame()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var form = new Form { Name = "Report" };
            form.Show();
            BackgroundTask task = form.Tasks.Run(static task => FormsProgram.ForeverAsync(task.CancellationToken), new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });
            form.Hide();
            program.Form.Hide();
            return task;
        });

        _ = program.App.RequestExitAsync();
        await program.UntilAsync(static () => FormDialog.Find().Count > 0);
        FormDialog dialog = await program.OnUiAsync(static () => FormDialog.Find()[0]);
        await dialog.AnswerAsync("Cancel it", "button");
        await program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
