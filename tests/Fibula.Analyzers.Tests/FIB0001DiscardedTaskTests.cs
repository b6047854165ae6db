using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0001DiscardedTaskTests
{
    private static readonly RuleCheck Check = new(new FIB0001DiscardedTaskAnalyzer(), new FIB0001DiscardedTaskFix());

    [Theory]
    [InlineData("[|LoadAsync()|];")]
    [InlineData("[|CountAsync()|];")]
    [InlineData("[|SendAsync()|];")]
    [InlineData("[|ReceiveAsync()|];")]
    [InlineData("_ = [|LoadAsync()|];")]
    [InlineData("_ = [|ReceiveAsync()|];")]
    [InlineData("this?[|.LoadAsync()|];")]
    [InlineData("if (this is not null) [|LoadAsync()|];")]
    [InlineData("for ([|LoadAsync()|]; ; ) { }")]
    [InlineData("Action load = () => [|LoadAsync()|];")]
    [InlineData("Action load = () => _ = [|LoadAsync()|];")]
    [InlineData("Action load = () => { [|LoadAsync()|]; };")]
    [InlineData("Loaded += (_, _) => [|LoadAsync()|];")]
    [InlineData("Loaded += (_, e) => _ = [|LoadAsync()|];")]
    [InlineData("Loaded += (_, e) => { _ = [|ReceiveAsync()|]; };")]
    [InlineData("void Load(Task _) => _ = [|LoadAsync()|];")]
    [InlineData("Task _; _ = [|LoadAsync()|];")]
    [InlineData("void Load() => [|LoadAsync()|];")]
    [InlineData("[|Task.WhenAll(LoadAsync(), CountAsync())|];")]
    [InlineData("[|new SemaphoreSlim(1).WaitAsync()|];")]
    [InlineData("[|LoadAsync()|].ConfigureAwait(false);")]
    [InlineData("_ = [|SendAsync()|].ConfigureAwait(false);")]
    [InlineData("this?[|.LoadAsync()|].ConfigureAwait(false);")]
    [InlineData("Action load = () => [|LoadAsync()|].ConfigureAwait(false);")]
    [InlineData("_ = this is null ? [|LoadAsync()|] : Task.CompletedTask;")]
    [InlineData("_ = this is null ? Task.FromResult(1) : this is null ? [|LoadAsync()|] : [|ShowAsync(\"a\")|];")]
    [InlineData("Task? kept = null; _ = kept ?? [|LoadAsync()|];")]
    [InlineData("_ = (Task)[|CountAsync()|];")]
    [InlineData("_ = [|CountAsync()|] as Task;")]
    [InlineData("_ = checked([|LoadAsync()|]);")]
    [InlineData("_ = (this is null) switch { true => [|LoadAsync()|], _ => Task.CompletedTask };")]
    [InlineData("(_, _) = (1, [|LoadAsync()|]);")]
    [InlineData("int one; (one, (_, _)) = (1, ([|LoadAsync()|], [|CountAsync()|]));")]
    [InlineData("_ = (1, [|LoadAsync()|]);")]
    [InlineData("var (_, _) = (1, [|LoadAsync()|]);")]
    [InlineData("[|LoadAsync()|].GetAwaiter();")]
    [InlineData("[|LoadAsync()|].GetAwaiter().OnCompleted(() => { });")]
    [InlineData("[|LoadAsync()|].ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => { });")]
    public Task Rule_OnADiscardedTask_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("_ = [|LoadAsync()|];")]
    [InlineData("Action load = () => [|LoadAsync()|];")]
    [InlineData("Loaded += (_, _) => [|SendAsync()|];")]
    [InlineData("_ = [|LoadAsync()|].ConfigureAwait(false);")]
    [InlineData("[|LoadAsync()|].GetAwaiter().OnCompleted(() => { });")]
    public Task Rule_WhereTheCompilerIsSilentInAnAsyncMethod_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.WithAsync(statement));

    [Theory]
    [InlineData("LoadAsync();")]
    [InlineData("SendAsync();")]
    [InlineData("Func<Task> load = async () => { await LoadAsync(); CountAsync(); };")]
    [InlineData("LoadAsync().ConfigureAwait(false);")]
    public Task Rule_WhereTheCompilerSaysCs4014_LeavesItToThat(string statement) => Check.FindsMarkedAsync(WindowCode.WithAsync(statement));

    [Theory]
    [InlineData("NowAsync();")]
    [InlineData("_ = NowAsync();")]
    [InlineData("this?.NowAsync();")]
    [InlineData("Action load = () => NowAsync();")]
    [InlineData("Func<Task> load = async () => this?.NowAsync();")]
    [InlineData("Func<Task> load = async () => { await LoadAsync(); LoadAsync(); };")]
    [InlineData("NowAsync().ConfigureAwait(false);")]
    [InlineData("Func<Task> load = async () => { await LoadAsync(); NowAsync().ConfigureAwait(false); };")]
    [InlineData("Func<Task> load = async () => { await LoadAsync(); _ = NowAsync().ConfigureAwait(false); };")]
    public async Task Rule_AndTheCompiler_TogetherSayItOnce(string statement)
    {
        using var project = new UserProject(
            WindowCode.WithMembers($"private async Task NowAsync() => await LoadAsync(); public void Click() {{ {statement} }}"), RuleSettings.Default);

        var found = await project.FindAsync(new FIB0001DiscardedTaskAnalyzer());

        Assert.Single([.. found, .. await project.FindWarningsAsync("CS4014")]);
    }

    [Theory]
    [InlineData("var load = LoadAsync();")]
    [InlineData("Func<Task> load = () => LoadAsync();")]
    [InlineData("Func<Task> load = LoadAsync;")]
    [InlineData("Func<Task> load = () => _ = LoadAsync();")]
    [InlineData("var load = LoadAsync(); _ = load;")]
    [InlineData("Loaded += (sender, e) => sender = LoadAsync();")]
    [InlineData("LoadAsync().ContinueWith(load => Console.WriteLine(load.Exception));")]
    [InlineData("_ = LoadAsync().IsCompleted;")]
    [InlineData("Keep(LoadAsync()); void Keep(Task task) { }")]
    [InlineData("Task.Run(LoadAsync);")]
    [InlineData("System.Linq.Expressions.Expression<Action> load = () => LoadAsync();")]
    [InlineData("this.Tasks.Run(LoadAsync);")]
    [InlineData("this.Tasks.Own(LoadAsync());")]
    [InlineData("this.Tasks.CloseAsync();")]
    [InlineData("new UiApp().RequestExitAsync();")]
    [InlineData("_ = ((Fibula.Toolkits.ViewScopes<object>)null!).CloseAsync(this);")]
    [InlineData("Console.WriteLine();")]
    [InlineData("var load = LoadAsync().ConfigureAwait(false);")]
    [InlineData("Func<System.Runtime.CompilerServices.ConfiguredTaskAwaitable> load = () => LoadAsync().ConfigureAwait(false);")]
    [InlineData("Func<Task> load = async () => await LoadAsync().ConfigureAwait(false);")]
    [InlineData("LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("var awaiter = LoadAsync().GetAwaiter(); awaiter.OnCompleted(() => awaiter.GetResult());")]
    [InlineData("var load = this is null ? LoadAsync() : Task.CompletedTask;")]
    [InlineData("_ = LoadAsync().IsCompleted ? Task.CompletedTask : Task.FromResult(1);")]
    [InlineData("Task kept; (kept, _) = (LoadAsync(), 1);")]
    public Task Rule_OnWhatIsLookedAfter_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public Task Rule_InAProjectWhoseForgottenTasksAreOwned_FindsNothing(string value) => Check.FindsMarkedAsync(
        WindowCode.With("LoadAsync();"), new RuleSettings { BuildProperties = { ["FibulaOwnForgottenTasks"] = value }, Features = RuleSettings.OptedIn.Features });

    [Fact]
    public Task Rule_InAProjectThatAsksForThatInVain_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.With("[|LoadAsync()|];"), new RuleSettings { BuildProperties = RuleSettings.OptedIn.BuildProperties });

    [Theory]
    [InlineData("#line 7 \"Page.razor\"", new[] { "Page.razor:7" })]
    [InlineData("", new string[] { })]
    [InlineData("#line hidden", new string[] { })]
    public async Task Rule_InGeneratedCode_FindsWhatWasWrittenInAFileOfTheUser(string line, string[] places)
    {
        var settings = new RuleSettings { Generated = { ["Page_razor.g.cs"] = GeneratedCode.With($"\n{line}\nLoadAsync();\n#line default\nLoadAsync();") } };
        using var project = new UserProject(WindowCode.With(""), settings);

        var found = await project.FindAsync(new FIB0001DiscardedTaskAnalyzer());

        Assert.Equal(places, found.Select(GeneratedCode.PlaceOf));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    public Task Rule_InAProjectThatDeclinedThat_FindsIt(string value) => Check.FindsMarkedAsync(
        WindowCode.With("[|LoadAsync()|];"), new RuleSettings { BuildProperties = { ["FibulaOwnForgottenTasks"] = value } });

    [Fact]
    public Task Rule_WithoutFibula_FindsNothing() => Check.FindsMarkedAsync(
        "class Clock { void Wait() { System.Threading.Tasks.Task.Delay(1); } }", new RuleSettings { HasFibula = false });

    [Fact]
    public Task Rule_InGeneratedCode_FindsNothing() =>
        Check.FindsMarkedAsync(WindowCode.With("LoadAsync();"), new RuleSettings { FileName = "Window.g.cs" });

    [Fact]
    public async Task Message_NamesTheCall()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("LoadAsync();"));

        Assert.Equal(["Nobody owns the task of 'LoadAsync': its error is lost, and nothing cancels it. Await it, or hand it to a scope."], messages);
    }

    [Theory]
    [InlineData("LoadAsync();", "this.Tasks.Own(LoadAsync());")]
    [InlineData("_ = CountAsync(); /* later */", "this.Tasks.Own(CountAsync()); /* later */")]
    [InlineData("SendAsync(); _ = ReceiveAsync();", "this.Tasks.Own(SendAsync().AsTask()); this.Tasks.Own(ReceiveAsync().AsTask());")]
    [InlineData("Loaded += (_, _) => LoadAsync();", "Loaded += (_, _) => this.Tasks.Own(LoadAsync());")]
    [InlineData("Loaded += (_, e) => { _ = SendAsync(); };", "Loaded += (_, e) => { this.Tasks.Own(SendAsync().AsTask()); };")]
    [InlineData("void Load() => LoadAsync();", "void Load() => this.Tasks.Own(LoadAsync());")]
    [InlineData("LoadAsync().ConfigureAwait(false);", "this.Tasks.Own(LoadAsync());")]
    [InlineData("_ = SendAsync().ConfigureAwait(false);", "this.Tasks.Own(SendAsync().AsTask());")]
    [InlineData("_ = (Task)CountAsync();", "this.Tasks.Own(CountAsync());")]
    [InlineData("_ = checked((LoadAsync()));", "this.Tasks.Own(LoadAsync());")]
    public Task Fix_InAWindow_HandsTheTaskToItsScope(string statement, string expected) =>
        Check.FixesAsync(WindowCode.With(statement), WindowCode.With(expected));

    [Fact]
    public Task Fix_OfManyInOneStatement_FixesEach() => Check.FixesAsync(
        WindowCode.With("Loaded += (_, _) => { LoadAsync(); Tick += () => LoadAsync(); };"),
        WindowCode.With("Loaded += (_, _) => { this.Tasks.Own(LoadAsync()); Tick += () => this.Tasks.Own(LoadAsync()); };"));

    [Fact]
    public Task Fix_OfTheCompilersWarning_HandsTheTaskToTheScope() => Check.FixesAsync(
        WindowCode.WithAsync("LoadAsync(); SendAsync();"),
        WindowCode.WithAsync("this.Tasks.Own(LoadAsync()); this.Tasks.Own(SendAsync().AsTask());"),
        compilerWarning: "CS4014");

    [Theory]
    [InlineData("_ = this is null ? [|LoadAsync()|] : Task.CompletedTask;")]
    [InlineData("Task? kept = null; _ = kept ?? [|LoadAsync()|];")]
    [InlineData("(_, _) = (1, [|LoadAsync()|]);")]
    [InlineData("[|LoadAsync()|].GetAwaiter().OnCompleted(() => { });")]
    public Task Fix_OfATaskInALargerExpression_IsNotOffered(string statement) => Check.OffersNoFixAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("private readonly TaskScope _scope = new UiApp().Tasks;", "", "_scope")]
    [InlineData("private TaskScope Scope => new UiApp().Tasks; private TaskScope? Maybe => null;", "", "Scope")]
    [InlineData("", "TaskScope scope", "scope")]
    [InlineData("private TaskScope Tasks { get; } = new UiApp().Tasks; private TaskScope Other => Tasks;", "", "Tasks")]
    public Task Fix_WithAScopeInReach_UsesIt(string member, string parameter, string scope) =>
        Check.FixesAsync(ViewModel(member, parameter, "[|LoadAsync()|];"), ViewModel(member, parameter, $"{scope}.Own(LoadAsync());"));

    [Fact]
    public Task Fix_InWork_UsesTheCurrentScope() => Check.FixesAsync(
        ViewModel("", "", "UiApp app = new(); app.Tasks.Run(() => { [|LoadAsync()|]; return Task.CompletedTask; });"),
        ViewModel("", "", "UiApp app = new(); app.Tasks.Run(() => { TaskScope.Current!.Own(LoadAsync()); return Task.CompletedTask; });"));

    [Theory]
    [InlineData("public static void Load() => [|new MainWindow().LoadAsync()|];")]
    [InlineData("private readonly Action _load = () => [|new MainWindow().LoadAsync()|];")]
    [InlineData("private Action Load { get; } = () => [|new MainWindow().LoadAsync()|];")]
    [InlineData("public void Click() => Tick += static () => [|new MainWindow().LoadAsync()|];")]
    public Task Fix_WithoutAThis_IsNotOffered(string member) => Check.OffersNoFixAsync(WindowCode.WithMembers(member));

    [Fact, Trait("Behaviour", "B98")]
    public Task Fix_InAClassWithoutAScope_UsesTheApps() => Check.FixesAsync(
        ViewModel("", "", "[|LoadAsync()|];"), ViewModel("", "", "UiApp.Current!.Tasks.Own(LoadAsync());"));

    [Theory]
    [InlineData("private static TaskScope? Scope => null;", "[|LoadAsync()|];")]
    [InlineData("private TaskScope A => B; private TaskScope B => A;", "[|LoadAsync()|];")]
    [InlineData("private TaskScope? Scope => null;", "[|LoadAsync()|];")]
    [InlineData("private TaskScope Scope => null!;", "Load(); static void Load() => [|new ViewModel().LoadAsync()|];")]
    [InlineData("private TaskScope Scope => null!;", "this?[|.LoadAsync()|];")]
    [InlineData("", "[|LoadAsync()|]; TaskScope scope = new UiApp().Tasks;")]
    public Task Fix_WithoutASureScope_IsNotOffered(string member, string statement) => Check.OffersNoFixAsync(ViewModel(member, "", statement));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private void OpenButton_Click(object sender, EventArgs e)
            {
                LoadAsync();
                _ = ShowAsync("prices.csv");
                Tick += () => SendAsync();
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private void OpenButton_Click(object sender, EventArgs e)
            {
                this.Tasks.Own(LoadAsync());
                this.Tasks.Own(ShowAsync("prices.csv"));
                Tick += () => this.Tasks.Own(SendAsync().AsTask());
            }
            // docs: end
            """));

    private static string ViewModel(string member, string parameter, string statement) =>
        $$"""
        using System.Threading.Tasks;
        using Fibula;

        public sealed class ViewModel
        {
            {{member}}
            public void Load({{parameter}}) { {{statement}} }
            private Task LoadAsync() => Task.CompletedTask;
        }
        """;
}
