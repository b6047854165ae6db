using Fibula.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0004AwaitBeforeTheLoopTests
{
    private static readonly RuleCheck Check = new(
        new FIB0004AwaitBeforeTheLoopAnalyzer(),
        new FIB0004AwaitBeforeTheLoopFix(),
        new RuleSettings { Output = OutputKind.ConsoleApplication });

    [Theory]
    [InlineData("var form = new MainForm(); [|await LoadAsync()|]; Application.Run(form);")]
    [InlineData("[|await LoadAsync()|]; Application.Run(new MainForm());")]
    [InlineData("int count = [|await CountAsync()|]; Application.Run(new MainForm());")]
    [InlineData("[|await LoadAsync()|]; [|await LoadAsync()|]; Application.Run(new MainForm()); await LoadAsync();")]
    [InlineData("if (args.Length > 0) { [|await LoadAsync()|]; } Application.Run(new MainForm());")]
    [InlineData("[|await LoadAsync()|]; new System.Windows.Application().Run();")]
    [InlineData("[|await Task.Delay(10)|]; EventLoop.Run(async task => await LoadAsync());")]
    [InlineData("[|await LoadAsync()|]; int count = EventLoop.Run(task => CountAsync());")]
    [InlineData("[|await LoadAsync()|]; new UiApp().Run(new EventLoop());")]
    public Task Rule_OnAnAwaitBeforeTheLoop_FindsIt(string statements) => Check.FindsMarkedAsync(Program(statements));

    [Theory]
    [InlineData("Application.Run(new MainForm()); await LoadAsync();")]
    [InlineData("await LoadAsync(); Console.WriteLine();")]
    [InlineData("EventLoop.Run(async task => await LoadAsync()); await LoadAsync();")]
    [InlineData("await LoadAsync(); new UiApp { HandleSignals = true }.Run(new EventLoop());")]
    [InlineData("await LoadAsync(); var app = new UiApp(); app.HandleSignals = false; app.Run(new EventLoop());")]
    [InlineData("await LoadAsync(); var loop = new EventLoop(); loop.UseFibula(options => options.HandleSignals = true).Run(loop);")]
    [InlineData("Func<Task> load = async () => await LoadAsync(); Application.Run(new MainForm()); await load();")]
    [InlineData("await LoadAsync(); Action run = () => Application.Run(new MainForm());")]
    public Task Rule_OnAnotherAwait_FindsNothing(string statements) => Check.FindsMarkedAsync(Program(statements));

    [Fact]
    public Task Rule_InAMethodThatIsNotMain_FindsNothing() => Check.FindsMarkedAsync(
        Program("Application.Run(new MainForm()); await LoadAsync(); } static async Task OtherAsync() { await LoadAsync(); Application.Run(new MainForm());"));

    [Fact]
    public Task Rule_InTopLevelStatements_FindsIt() => Check.FindsMarkedAsync(
        "using System.Windows.Forms; [|await System.Threading.Tasks.Task.Yield()|]; Application.Run(new Form());" + Toolkit);

    [Theory]
    [InlineData(
        "var form = new MainForm(); await LoadAsync(); Application.Run(form);",
        "Main awaits between making a window and running the loop: what comes next waits for a loop that never starts. Start it from the window.")]
    [InlineData(
        "await LoadAsync(); Application.Run(new MainForm());",
        "Main awaits before it runs the loop, which then runs on a thread of the pool. Start it from the window, or wait for it.")]
    [InlineData(
        "await LoadAsync(); EventLoop.Run(task => LoadAsync());",
        "Main awaits before it runs the loop, which then runs on a thread of the pool: Ctrl-C and SIGTERM end the process without canceling its tasks. Await inside the loop, or set HandleSignals.")]
    public async Task Message_SaysWhatHappens(string statements, string message)
    {
        Assert.Equal([message], await Check.MessagesAsync(Program(statements)));
    }

    [Theory]
    [InlineData("await LoadAsync(); Application.Run(new MainForm());", "LoadAsync().GetAwaiter().GetResult(); Application.Run(new MainForm());")]
    [InlineData(
        "int count = await CountAsync(); await LoadAsync(); Application.Run(new MainForm());",
        "int count = CountAsync().GetAwaiter().GetResult(); LoadAsync().GetAwaiter().GetResult(); Application.Run(new MainForm());")]
    [InlineData(
        "await LoadAsync(); EventLoop.Run(async task => await LoadAsync());",
        "LoadAsync().GetAwaiter().GetResult(); EventLoop.Run(async task => await LoadAsync());")]
    public Task Fix_BeforeAnyWindow_WaitsWithoutAwait(string statements, string expected) =>
        Check.FixesAsync(Program(statements), Program(expected).Replace("async Task Main", "void Main"));

    [Fact]
    public Task Fix_OfAMainWithAnExitCode_KeepsIt() => Check.FixesAsync(
        Program("await LoadAsync(); Application.Run(new MainForm()); return 0;").Replace("Task Main", "Task<int> Main"),
        Program("LoadAsync().GetAwaiter().GetResult(); Application.Run(new MainForm()); return 0;").Replace("async Task Main", "int Main"));

    [Theory]
    [InlineData("var form = new MainForm(); [|await LoadAsync()|]; Application.Run(form);")]
    [InlineData("[|await LoadAsync()|]; var form = new MainForm(); [|await LoadAsync()|]; Application.Run(form);")]
    [InlineData("[|await Task.Yield()|]; Application.Run(new MainForm());")]
    [InlineData("[|await LoadAsync()|]; Application.Run(new MainForm()); await LoadAsync();")]
    public Task Fix_WhereAWaitMightNeverEnd_IsNotOffered(string statements) => Check.OffersNoFixAsync(Program(statements));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        Documented(
            """
            // docs: flagged
            [STAThread]
            private static async Task Main()
            {
                await LoadAsync();
                Application.Run(new MainForm());
            }
            // docs: end
            """),
        Documented(
            """
            // docs: fixed
            [STAThread]
            private static void Main()
            {
                LoadAsync().GetAwaiter().GetResult();
                Application.Run(new MainForm());
            }
            // docs: end
            """));

    private const string Toolkit =
        """

        namespace System.Windows.Forms
        {
            public class Control { }
            public class Form : Control { }
            public static class Application { public static void Run(Form form) { } }
        }

        namespace System.Windows
        {
            public class Application { public int Run() => 0; }
        }
        """;

    private static string Program(string statements) => Documented($$"""private static async Task Main(string[] args) { {{statements}} }""");

    private static string Documented(string main) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using System.Windows.Forms;
        using Fibula;

        public static class Program
        {
            {{main}}

            private static Task LoadAsync() => Task.CompletedTask;
            private static Task<int> CountAsync() => Task.FromResult(1);
        }

        public sealed class MainForm : Form { }
        {{Toolkit}}
        """;
}
