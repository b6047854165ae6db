using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0104TaskInConstructorTests
{
    private static readonly RuleCheck Check = new(new FIB0104TaskInConstructorAnalyzer(), new FIB0104TaskInConstructorFix());

    [Theory]
    [InlineData("private readonly Task _load; public MainWindow() { _load = [|LoadAsync()|]; }")]
    [InlineData("private Task<int>? Count { get; set; } public MainWindow() => Count = [|CountAsync()|];")]
    [InlineData("private readonly Task _wait = [|WaitAsync()|];")]
    [InlineData("private Task Wait { get; } = [|WaitAsync()|];")]
    [InlineData("private static readonly Task Wait = [|WaitAsync()|];")]
    [InlineData("private static readonly Task Wait; static MainWindow() { Wait = [|WaitAsync()|]; }")]
    public Task Rule_OnATaskKeptByAWindow_FindsIt(string members) => Check.FindsMarkedAsync(With(members));

    [Theory]
    [InlineData("private Task? _load; public void Click() => _load = LoadAsync();")]
    [InlineData("private Task? _load; public MainWindow() => Loaded += (_, _) => _load = LoadAsync();")]
    [InlineData("private readonly Task _load; public MainWindow() { _load = this.Tasks.Run(LoadAsync).AsTask(); }")]
    [InlineData("public MainWindow() { this.Tasks.Own(LoadAsync()); }")]
    [InlineData("public MainWindow() { _ = LoadAsync(); }")]
    [InlineData("private Task _load = Task.CompletedTask;")]
    [InlineData("private Task<int> _count = Task.FromResult(1);")]
    [InlineData("private readonly Func<Task> _load = () => WaitAsync();")]
    [InlineData("private Task Load => LoadAsync();")]
    public Task Rule_OnAnythingElse_FindsNothing(string members) => Check.FindsMarkedAsync(With(members));

    [Fact]
    public Task Rule_InAClassThatIsNoView_FindsNothing() => Check.FindsMarkedAsync(
        With("private readonly Task _wait = WaitAsync();").Replace("MainWindow : System.Windows.Window", "ViewModel"));

    [Fact]
    public async Task Message_NamesTheCallAndTheWindow()
    {
        string[] messages = await Check.MessagesAsync(With("private readonly Task _wait = WaitAsync();"));

        Assert.Equal(
            ["'WaitAsync' starts while 'MainWindow' is made: before the loop runs, it goes on on the thread pool. Start it by Tasks.Run, or when it is shown."],
            messages);
    }

    [Theory]
    [InlineData("_load = LoadAsync();", "_load = this.Tasks.Run(() => LoadAsync()).AsTask();")]
    [InlineData(
        "_load = ShowAsync(\"a\"); _count = CountAsync();",
        "_load = this.Tasks.Run(() => ShowAsync(\"a\")).AsTask(); _count = this.Tasks.Run(() => CountAsync()).AsTask();")]
    public Task Fix_InAConstructor_StartsItInTheScope(string statement, string expected) =>
        Check.FixesAsync(With(Constructor(statement)), With(Constructor(expected)));

    [Theory]
    [InlineData("private readonly Task _wait = [|WaitAsync()|];")]
    [InlineData("private static readonly Task Wait; static MainWindow() { Wait = [|WaitAsync()|]; }")]
    [InlineData("private ValueTask _send; public MainWindow() { _send = [|SendAsync()|]; }")]
    [InlineData("private Task _show; public MainWindow(in string file) { _show = [|ShowAsync(file)|]; }")]
    public Task Fix_WithoutASureWay_IsNotOffered(string members) => Check.OffersNoFixAsync(With(members));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        With(
            """
            // docs: flagged
            private readonly Task _load;

            public MainWindow()
            {
                _load = LoadAsync();
            }
            // docs: end
            """),
        With(
            """
            // docs: fixed
            private readonly Task _load;

            public MainWindow()
            {
                _load = this.Tasks.Run(() => LoadAsync()).AsTask();
            }
            // docs: end
            """));

    private static string Constructor(string statements) => $"private Task? _load; private Task<int>? _count; public MainWindow() {{ {statements} }}";

    private static string With(string members) => WindowCode.WithMembers($"{members}\n    private static Task WaitAsync() => Task.CompletedTask;");
}
