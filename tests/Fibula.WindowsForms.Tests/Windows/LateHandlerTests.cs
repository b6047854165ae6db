using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>Handlers of <c>FormClosing</c> that the program adds after the first use of the form's tasks: closes that other toolkits do not have.</summary>
[Collection("Windows Forms")]
public sealed class LateHandlerTests
{
    [Theory]
    [InlineData("close of the owner", "as it opens")]
    [InlineData("close of the owner", "in the same callback")]
    [InlineData("Application.Exit", "as it opens")]
    [InlineData("Application.Exit", "before it closes")]
    [Trait("Behaviour", "B80")]
    public async Task No_KeepsTheFormAndCancelsNothing(string way, string when)
    {
        bool saysNo = true;
        int asked = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, BackgroundTask task) = await program.OnUiAsync(() => Open(program, way, form => AddHandler(form, "as it opens")));
        await program.OnUiAsync(() => AddHandler(form, "before it closes"));

        await program.OnUiAsync(() =>
        {
            AddHandler(form, "in the same callback");
            Close(form, way);
        });
        await program.UntilAsync(() => asked > 0);
        await program.App.TurnsAsync();
        (bool IsOpen, BackgroundTaskState State) after = await program.OnUiAsync(() => (form.Visible, task.State));
        BackgroundTask next = await program.OnUiAsync(() => form.Tasks.Run(FormsProgram.ForeverAsync));
        bool takesTasks = await program.OnUiAsync(() => next.State == BackgroundTaskState.Running);
        saysNo = false;
        await program.OnUiAsync(() => Close(form, way));
        await ClosedAsync(program, form);

        Assert.Equal((true, BackgroundTaskState.Running), after);
        Assert.True(takesTasks);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        void AddHandler(Form form, string now)
        {
            if (now == when)
            {
                form.FormClosing += (_, e) =>
                {
                    asked++;
                    e.Cancel = saysNo;
                };
            }
        }
    }

    private static (Form Form, BackgroundTask Task) Open(FormsProgram program, string way, Action<Form> beforeItIsShown)
    {
        var form = way == "Application.Exit" ? program.Form : new Form { Name = "Import" };
        BackgroundTask task = form.Tasks.Run(FormsProgram.ForeverAsync);
        beforeItIsShown(form);
        if (form != program.Form)
        {
            var owner = new Form { Name = "Owner" };
            owner.Show();
            form.CloseAfterTasks(() => Task.FromResult(true));
            form.Show(owner);
        }

        return (form, task);
    }

    // The program may end with it.
    private static async Task ClosedAsync(FormsProgram program, Form form)
    {
        if (form == program.Form)
        {
            await program.Ended;
        }
        else
        {
            await program.UntilAsync(() => form.IsDisposed);
        }
    }

    private static void Close(Form form, string way)
    {
        if (way == "Application.Exit")
        {
            Application.Exit();
        }
        else
        {
            form.Owner!.Close();
        }
    }
}
