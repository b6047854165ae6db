using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Loops;

[Collection("Windows Forms")]
public sealed class WindowsFormsLoopTests
{
    [Fact]
    [Trait("Behaviour", "B1")]
    public async Task UseFibula_WithStartUpWork_RunsItInOrderOnTheUiThread()
    {
        var order = new List<string>();
        await using FormsProgram program = await FormsProgram.StartAsync(
            options =>
            {
                options.OnStartup = _ => order.Add("startup");
                options.OnRunning = () =>
                {
                    order.Add($"running on {FormsProgram.Thread}");
                    return Task.CompletedTask;
                };
            },
            program =>
            {
                program.App.Tasks.Run(() =>
                {
                    order.Add("task");
                    return Task.CompletedTask;
                });
                order.Add("main");
            });

        await program.UntilAsync(() => order.Count == 4);

        Assert.Equal(["startup", "main", "running on forms", "task"], order);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task Fault_ThatNobodyHandles_GoesToThreadException()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();

        program.App.Tasks.Run(() => throw new InvalidDataException("no price"));
        await program.UntilAsync(() => program.Errors.Count > 0);

        Assert.IsType<InvalidDataException>(Assert.Single(program.Errors));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ShowAsync_InATask_ComesBackToTheUiThread(bool isDialog)
    {
        string? cameBackTo = null;
        await using FormsProgram program = await FormsProgram.StartAsync();

        BackgroundTask task = program.App.Tasks.Run(async () =>
        {
            using var form = new Form();
            form.Shown += (_, _) => program.App.Post(form.Close);
            await (isDialog ? form.ShowDialogAsync(program.Form) : form.ShowAsync(program.Form));
            cameBackTo = FormsProgram.Thread;
        });
        await program.UntilAsync(() => task.IsCompleted);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal("forms", cameBackTo);
    }

    [Fact]
    [Trait("Behaviour", "B56")]
    public async Task Post_WhileAMessageBoxIsOpen_RunsInItsLoop()
    {
        string? ranOn = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        program.App.Post(() => MessageBox.Show("Really?", "Fibula asks"));

        program.App.Post(() =>
        {
            ranOn = FormsProgram.Thread;
            User32.Send(User32.Find(null, "Fibula asks"), User32.Close, 0, 0);
        });
        await program.UntilAsync(() => ranOn is not null);

        Assert.Equal("forms", ranOn);
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public async Task UseFibula_ForASecondRunOnTheSameThread_HasAnAppOfItsOwn()
    {
        var apps = new List<UiApp>();
        var ran = new List<string>();

        await UiThread.RunAsync(() =>
        {
            foreach (string name in (string[])["Login", "Main"])
            {
                var form = new Form();
                UiApp app = Application.UseFibula();
                apps.Add(app);
                app.Tasks.Run(() =>
                {
                    ran.Add(name);
                    form.Close();
                    return Task.CompletedTask;
                });
                Application.Run(form);
            }
        });

        Assert.Equal(["Login", "Main"], ran);
        Assert.All(apps, app => Assert.NotNull(app.CloseReport));
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Run_OfAUiAppThatMakesItsFormInStartup_LeavesWithThatForm()
    {
        var app = new PriceApp();

        await UiThread.RunAsync(() => app.Run(new WindowsFormsLoop(app.Context)));

        Assert.Equal([ExitCause.WindowClosed], app.Causes);
        Assert.Single(app.CloseReport!.Canceled);
    }

    private sealed class PriceApp : UiApp
    {
        public ApplicationContext Context { get; } = new();

        public List<ExitCause> Causes { get; } = [];

        protected override void Startup()
        {
            Context.MainForm = new Form();
            Context.MainForm.Tasks.Run(FormsProgram.ForeverAsync);
        }

        protected override Task OnRunningAsync()
        {
            Context.MainForm!.Close();
            return Task.CompletedTask;
        }

        protected override Task<bool> OnExitAsync(ExitCause cause)
        {
            Causes.Add(cause);
            return Task.FromResult(true);
        }
    }
}
