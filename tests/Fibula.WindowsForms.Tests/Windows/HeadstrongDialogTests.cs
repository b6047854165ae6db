using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>Dialogs that override <c>OnFormClosing</c>, do not call the base method, and ask before they close.</summary>
[Collection("Windows Forms")]
public sealed class HeadstrongDialogTests
{
    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [InlineData("in time")]
    [Trait("Behaviour", "B80")]
    public async Task Dialog_WhoseQuestionWasAnsweredWithNo_AsksItsOverrideAtTheNextAnswer(string calls)
    {
        var asked = new List<TaskCompletionSource<bool>>();
        HeadstrongForm? dialog = null;
        BackgroundTask? task = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        Task<DialogResult> shown = program.OnUiAsync(() =>
        {
            using var form = dialog = new HeadstrongForm(calls) { Name = "Dialog" };
            form.CloseAfterTasks(() =>
            {
                asked.Add(new TaskCompletionSource<bool>());
                return asked[^1].Task;
            });
            task = form.Tasks.Run(FormsProgram.ForeverAsync);
            return form.ShowDialog();
        });
        await program.UntilAsync(() => dialog is { Visible: true });

        await program.OnUiAsync(() => User32.ClickClose(dialog!.Handle));
        await program.UntilAsync(() => asked.Count == 1);
        asked[0].SetResult(false);
        await program.App.TurnsAsync();

        int before = await program.OnUiAsync(() => dialog!.Asked);
        await program.OnUiAsync(() =>
        {
            dialog!.Cancel = true;
            dialog.DialogResult = DialogResult.OK;
        });
        await program.UntilAsync(() => dialog!.Asked > before || shown.IsCompleted);
        (bool isOpen, BackgroundTaskState state) = await program.OnUiAsync(() => (dialog!.Visible, task!.State));
        await program.OnUiAsync(() =>
        {
            dialog!.Cancel = null;
            dialog.DialogResult = DialogResult.OK;
        });
        await program.UntilAsync(() => asked.Count == 2 || shown.IsCompleted);
        asked[^1].TrySetResult(true);

        Assert.Equal(DialogResult.OK, await shown);
        Assert.Equal((true, BackgroundTaskState.Running), (isOpen, state));
    }
}
