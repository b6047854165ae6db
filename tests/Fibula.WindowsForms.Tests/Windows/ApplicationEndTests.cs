using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class ApplicationEndTests
{
    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task Fault_AfterAnEndThatAskedNobody_IsSaidOnStandardError()
    {
        using var said = new StringWriter();
        TextWriter before = Console.Error;
        await using FormsProgram program = await FormsProgram.StartAsync();
        Console.SetError(said);
        program.App.Tasks.Run(
            token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => throw new IOException("disk full"), token), new TaskOptions { Name = "Save" });

        await program.OnUiAsync(Application.ExitThread);
        await program.Ended;

        Console.SetError(before);
        Assert.Contains("disk full", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task End_OfAProgramWithoutAForm_WaitsForItsTasks()
    {
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync(hasForm: false);
        program.App.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => isCleanedUp = FormsProgram.Thread == "forms", token));

        await program.OnUiAsync(program.Context.ExitThread);
        await program.Ended;

        Assert.True(isCleanedUp);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Close_OfAFormInAProgramThatHasNoMainForm_LeavesTheAppAlone()
    {
        await using FormsProgram program = await FormsProgram.StartAsync(hasForm: false);
        Form settings = await program.OpenAsync("Settings");
        BackgroundTask task = program.App.Tasks.Run(FormsProgram.ForeverAsync);

        await program.OnUiAsync(settings.Close);
        await program.UntilAsync(() => settings.IsDisposed);

        Assert.Equal(BackgroundTaskState.Running, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B6")]
    public async Task ApplicationExit_WhenTheExitHookSaysNo_CancelsNothingAndTheFormStays()
    {
        var causes = new List<ExitCause>();
        await using FormsProgram program = await FormsProgram.StartAsync(options => options.OnExit = asked =>
        {
            causes.Add(asked);
            return Task.FromResult(false);
        });
        BackgroundTask task = program.App.Tasks.Run(FormsProgram.ForeverAsync);

        await program.OnUiAsync(Application.Exit);
        await program.UntilAsync(() => causes.Count > 0);
        ExitDecision again = await program.App.RequestExitAsync();

        Assert.Equal(ExitDecision.Refused, again);
        Assert.Equal(ExitCause.WindowClosed, causes[0]);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.True(await program.OnUiAsync(() => program.Form.Visible));
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task MainForm_AfterADialogThatIsShownBefore_IsTheOneThatIsRun()
    {
        var causes = new List<ExitCause>();
        await using FormsProgram program = await FormsProgram.StartAsync(
            options => options.OnExit = cause =>
            {
                causes.Add(cause);
                return Task.FromResult(true);
            },
            _ =>
            {
                using var login = new Form { Name = "Login" };
                Application.Idle += CloseLogin;
                login.ShowDialog();
                Application.Idle -= CloseLogin;

                void CloseLogin(object? sender, EventArgs e) => login.Close();
            });

        bool hasLeftWithLogin = program.App.CloseReport is not null;
        await program.OnUiAsync(program.Form.Close);
        await program.Ended;

        Assert.False(hasLeftWithLogin);
        Assert.Equal([ExitCause.WindowClosed], causes);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task IsMainForm_WhereSeveralAreOpen_TellsWhoseEndIsTheAppsEnd()
    {
        Form? splash = null;
        var causes = new List<ExitCause>();
        await using FormsProgram program = await FormsProgram.StartAsync(
            options => options.OnExit = cause =>
            {
                causes.Add(cause);
                return Task.FromResult(true);
            },
            _ =>
            {
                splash = new Form { Name = "Splash" };
                splash.Show();
            },
            form => form.Name == "Main");

        await program.OnUiAsync(splash!.Close);
        int askedMeanwhile = causes.Count;
        await program.OnUiAsync(program.Form.Close);
        await program.Ended;

        Assert.Equal(0, askedMeanwhile);
        Assert.Equal([ExitCause.WindowClosed], causes);
    }

    [Fact]
    [Trait("Behaviour", "B9")]
    public async Task Exit_WithADialogOpen_ClosesBothAndEnds()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        var isShown = new TaskCompletionSource();
        program.App.Post(() =>
        {
            using var dialog = new Form { Name = "Dialog" };
            dialog.Shown += (_, _) => isShown.SetResult();
            dialog.ShowDialog();
        });
        await isShown.Task;

        program.App.Exit();
        await program.Ended;

        Assert.True(program.Form.IsDisposed);
    }
}
