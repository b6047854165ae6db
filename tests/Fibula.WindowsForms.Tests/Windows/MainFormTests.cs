using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>Programs whose main form closes before anything is idle, and programs with two message loops.</summary>
[Collection("Windows Forms")]
public sealed class MainFormTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("Load", "Close")]
    [InlineData("Load", "Application.Exit")]
    [InlineData("Shown", "Close")]
    [InlineData("Shown", "Application.Exit")]
    [Trait("Behaviour", "B82")]
    public async Task MainForm_ThatClosesBeforeTheLoopIsIdle_IsHeldBackAndTheHookIsAsked(string moment, string way)
    {
        var causes = new List<ExitCause>();
        bool isOpenWithItsTask = false;
        await RunAsync(() =>
        {
            Application.UseFibula(options => options.OnExit = cause =>
            {
                causes.Add(cause);
                return Task.FromResult(true);
            });
            var main = new Form { Name = "Main" };
            main.Load += (_, _) => CloseAt("Load", main);
            main.Shown += (_, _) => CloseAt("Shown", main);
            Application.Run(main);
        });

        Assert.Equal([ExitCause.WindowClosed], causes);
        Assert.True(isOpenWithItsTask);

        void CloseAt(string now, Form main)
        {
            if (now == moment)
            {
                main.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => isOpenWithItsTask = !main.IsDisposed, token));
                Close(main, way);
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "B6")]
    public async Task MainForm_ThatClosesInLoadAndTheHookSaysNo_StaysOpen()
    {
        int asked = 0;
        bool wasOpen = false;
        await RunAsync(() =>
        {
            var main = new Form { Name = "Main" };
            UiApp app = Application.UseFibula(options => options.OnExit = _ =>
            {
                wasOpen = main.Visible;
                return Task.FromResult(++asked > 1);
            });
            main.Load += (_, _) => main.Close();
            main.Shown += (_, _) => _ = ExitAsync(app);
            Application.Run(main);
        });

        Assert.Equal((2, true), (asked, wasOpen));
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task SplashForm_ThatIsOpenBefore_IsNotTheMainForm()
    {
        var causes = new List<ExitCause>();
        int askedBySplash = -1;
        await RunAsync(() =>
        {
            Application.UseFibula(options => options.OnExit = cause =>
            {
                causes.Add(cause);
                return Task.FromResult(true);
            });
            var splash = new Form { Name = "Splash" };
            splash.Show();
            var main = new Form { Name = "Main" };
            main.Shown += (_, _) => main.BeginInvoke(() =>
            {
                splash.Close();
                askedBySplash = causes.Count;
                main.BeginInvoke(main.Close);
            });
            Application.Run(main);
        });

        Assert.Equal(0, askedBySplash);
        Assert.Equal([ExitCause.WindowClosed], causes);
    }

    [Theory]
    [InlineData("Close")]
    [InlineData("Application.Exit")]
    [InlineData("Application.ExitThread")]
    [InlineData("Exit of the app")]
    [Trait("Behaviour", "B82")]
    public async Task Run_AfterTheAppHasLeft_RunsUntilItsOwnFormCloses(string way)
    {
        var answer = DialogResult.None;
        bool wasShown = false;
        await RunAsync(() =>
        {
            UiApp app = Application.UseFibula();
            var first = new Form { Name = "Login" };
            first.Shown += (_, _) => first.BeginInvoke(() =>
            {
                if (way == "Exit of the app")
                {
                    app.Exit();
                }
                else
                {
                    Close(first, way);
                }
            });
            Application.Run(first);

            using var dialog = new Form { Name = "Dialog" };
            dialog.Shown += (_, _) => dialog.BeginInvoke(() => dialog.DialogResult = DialogResult.OK);
            answer = dialog.ShowDialog();
            var second = new Form { Name = "Main" };
            second.Shown += (_, _) =>
            {
                wasShown = true;
                second.BeginInvoke(second.Close);
            };
            Application.Run(second);
        });

        Assert.Equal(DialogResult.OK, answer);
        Assert.True(wasShown);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task UseFibula_AgainAfterTheAppHasLeft_GivesTheSecondLoopAnApp()
    {
        var ends = new List<string>();
        await RunAsync(() =>
        {
            foreach (string name in (string[])["First", "Second"])
            {
                Application.UseFibula();
                var form = new Form { Name = name };
                form.Shown += (_, _) =>
                {
                    form.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => ends.Add($"{name} {!form.IsDisposed}"), token));
                    form.BeginInvoke(form.Close);
                };
                Application.Run(form);
            }
        });

        Assert.Equal(["First True", "Second True"], ends);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task IsMainForm_WhereALoginFormHasALoopOfItsOwn_KeepsTheAppForTheMainForm()
    {
        var log = new List<string>();
        await RunAsync(() =>
        {
            UiApp app = Application.UseFibula(
                options => options.OnExit = cause =>
                {
                    log.Add($"asked, {cause}");
                    return Task.FromResult(true);
                },
                form => form.Name == "Main");
            app.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => log.Add("app's task"), token));
            var login = new Form { Name = "Login" };
            login.Shown += (_, _) => login.BeginInvoke(login.Close);
            Application.Run(login);
            log.Add("login closed");
            var main = new Form { Name = "Main" };
            main.Shown += (_, _) =>
            {
                main.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => log.Add("form's task"), token));
                main.BeginInvoke(main.Close);
            };
            Application.Run(main);
        });

        Assert.Equal(["login closed", "asked, WindowClosed"], log.Take(2));
        Assert.Equal(["app's task", "form's task"], log.Skip(2).Order());
    }

    // The first answer may be that to the close in Load.
    private static async Task ExitAsync(UiApp app)
    {
        while (await app.RequestExitAsync() != ExitDecision.Leaving)
        {
        }
    }

    private static void Close(Form form, string way)
    {
        switch (way)
        {
            case "Close":
                form.Close();
                break;
            case "Application.Exit":
                Application.Exit();
                break;
            default:
                Application.ExitThread();
                break;
        }
    }

    private static Task RunAsync(Action program) => UiThread.RunAsync(program).WaitAsync(Patience, TimeProvider.System);
}
