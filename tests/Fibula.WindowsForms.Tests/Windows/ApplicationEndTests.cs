using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class ApplicationEndTests
{
    [Theory]
    [InlineData("close the main form")]
    [InlineData("dispose the main form")]
    [InlineData("Application.Exit")]
    [InlineData("Application.ExitThread")]
    [Trait("Behaviour", "B82")]
    public async Task End_WithRunningTask_IsHeldBackUntilItsCleanUpHasRun(string way)
    {
        var moment = new TaskCompletionSource();
        string? cleanedUpOn = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        BackgroundTask task = program.App.Tasks.Run(
            token => FormsProgram.CleanUpAsync(moment.Task, () => cleanedUpOn = FormsProgram.Thread, token), new TaskOptions { Name = "Save" });

        await program.OnUiAsync(() => End(program, way));
        await TellAsync(program, task);
        bool isEndedMeanwhile = program.Ended.IsCompleted;
        moment.SetResult();
        await program.Ended;

        Assert.False(isEndedMeanwhile);
        Assert.Equal("forms", cleanedUpOn);
        Assert.Equal(["Save"], program.App.CloseReport!.Canceled.Select(entry => entry.Name));
    }

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

    [Theory]
    [InlineData("close the main form", ExitCause.WindowClosed)]
    [InlineData("Application.Exit", ExitCause.WindowClosed)]
    [Trait("Behaviour", "B6")]
    public async Task End_WhenTheExitHookSaysNo_CancelsNothingAndTheFormStays(string way, ExitCause cause)
    {
        var causes = new List<ExitCause>();
        await using FormsProgram program = await FormsProgram.StartAsync(options => options.OnExit = asked =>
        {
            causes.Add(asked);
            return Task.FromResult(false);
        });
        BackgroundTask task = program.App.Tasks.Run(FormsProgram.ForeverAsync);

        await program.OnUiAsync(() => End(program, way));
        await program.UntilAsync(() => causes.Count > 0);
        ExitDecision again = await program.App.RequestExitAsync();

        Assert.Equal(ExitDecision.Refused, again);
        Assert.Equal(cause, causes[0]);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.True(await program.OnUiAsync(() => program.Form.Visible));
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_WithRunningTask_TellsTheHookAndRunsTheCleanUpBeforeItReturns()
    {
        ExitCause? cause = null;
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync(options => options.OnExit = asked =>
        {
            cause = asked;
            return Task.FromResult(false);
        });
        program.App.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => isCleanedUp = true, token));

        (nint mayEnd, bool isCleanedUpInTime) = await program.OnUiAsync(() =>
        {
            nint answer = User32.Send(program.Form.Handle, User32.QueryEndSession, 0, 0);
            User32.Send(program.Form.Handle, User32.EndSession, 1, 0);
            return (answer, isCleanedUp);
        });

        Assert.Equal(1, mayEnd);
        Assert.Equal(ExitCause.SessionEnding, cause);
        Assert.True(isCleanedUpInTime);
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

    private static void End(FormsProgram program, string way)
    {
        switch (way)
        {
            case "close the main form":
                program.Form.Close();
                break;
            case "dispose the main form":
                program.Form.Dispose();
                break;
            case "Application.Exit":
                Application.Exit();
                break;
            default:
                Application.ExitThread();
                break;
        }
    }

    // By the app's own posts: where nobody was asked, the toolkit's own context is gone already.
    private static async Task TellAsync(FormsProgram program, BackgroundTask task)
    {
        for (int turn = 0; turn < 100_000 && task.State != BackgroundTaskState.Canceling; turn++)
        {
            var turned = new TaskCompletionSource();
            program.App.Post(turned.SetResult);
            await turned.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        }
    }
}
