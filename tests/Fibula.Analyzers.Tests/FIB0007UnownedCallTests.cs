using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0007UnownedCallTests
{
    private static readonly RuleCheck Check = new(new FIB0007UnownedCallAnalyzer(), new FIB0001DiscardedTaskFix(), RuleSettings.OptedIn);

    [Theory]
    [InlineData("Func<Task> load = LoadAsync; [|load()|];")]
    [InlineData("Func<Task> load = LoadAsync; _ = [|load()|];")]
    [InlineData("_ = [|LoadHereAsync()|]; static Task LoadHereAsync() => Task.CompletedTask;")]
    [InlineData("Func<Task> load = LoadAsync; [|load()|].ContinueWith(_ => this.ToString());")]
    [InlineData("Func<Task> load = LoadAsync; [|load()|].ContinueWith(load => _ = load.Exception, TaskContinuationOptions.OnlyOnCanceled);")]
    [InlineData("Func<Task> load = LoadAsync; [|load()|].ConfigureAwait(false);")]
    [InlineData("Func<Task> load = LoadAsync; _ = [|load()|].ConfigureAwait(false);")]
    [InlineData("Func<Task> load = LoadAsync; _ = this is null ? [|load()|] : Task.CompletedTask;")]
    [InlineData("Func<Task> load = LoadAsync; Task? kept = null; _ = kept ?? [|load()|];")]
    [InlineData("Func<Task> load = LoadAsync; _ = (Task)[|load()|];")]
    [InlineData("Func<Task> load = LoadAsync; _ = (this is null) switch { true => [|load()|], _ => Task.CompletedTask };")]
    [InlineData("Func<Task> load = LoadAsync; (_, _) = (1, [|load()|]);")]
    [InlineData("Func<Task> load = LoadAsync; [|load()|].GetAwaiter().OnCompleted(() => { });")]
    public Task Rule_OnACallThatCannotBeReplaced_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("LoadAsync();")]
    [InlineData("_ = LoadAsync();")]
    [InlineData("Func<Task> load = LoadAsync; var kept = load();")]
    [InlineData("Func<Task> load = LoadAsync; this.Tasks.Own(load());")]
    [InlineData("Func<Task> load = LoadAsync; load().ContinueWith(load => _ = load.Exception);")]
    [InlineData("Func<Task> load = LoadAsync; load().ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("LoadAsync().ContinueWith(load => this.ToString()).ContinueWith(_ => { });")]
    [InlineData("Task kept = LoadAsync(); kept.ContinueWith(load => _ = load.Exception);")]
    [InlineData("Task kept = LoadAsync(); kept.ContinueWith(load => this.ToString());")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Fact]
    public Task Rule_OnAFunctionForWhatIsNamedLikeAnOperatorOfLinq_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.WithMembers("public void Click() { this.Where(() => [|Load()|]); this.Where(() => LoadAsync()); } private void Where(Action act) { } private Task Load() => LoadAsync();"));

    [Fact]
    public Task Rule_OnWhatIsWrittenLikeTheRaisingOfAnEvent_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.WithMembers("public Task Invoke() => LoadAsync(); public void Click(Action? tick, Func<Task>? load) { this?[|.Invoke()|]; load?[|.Invoke()|]; tick?.Invoke(); this.Invoke(); }"));

    [Fact]
    public Task Rule_InAProjectThatHasNotOptedIn_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.With("Func<Task> load = LoadAsync; load();"), RuleSettings.Default);

    [Theory]
    [InlineData("LoadAsync().ConfigureAwait(false);")]
    [InlineData("_ = SendAsync().ConfigureAwait(false);")]
    [InlineData("this?.LoadAsync().ConfigureAwait(false);")]
    [InlineData("Action load = () => LoadAsync().ConfigureAwait(false);")]
    [InlineData("_ = this is null ? LoadAsync() : Task.CompletedTask;")]
    [InlineData("Task? kept = null; _ = kept ?? LoadAsync();")]
    [InlineData("_ = (Task)CountAsync();")]
    [InlineData("_ = CountAsync() as Task;")]
    [InlineData("_ = checked(LoadAsync());")]
    [InlineData("_ = unchecked((LoadAsync()))!;")]
    [InlineData("_ = (this is null) switch { true => LoadAsync(), _ => Task.CompletedTask };")]
    [InlineData("(_, _) = (1, LoadAsync());")]
    [InlineData("var (_, _) = (1, LoadAsync());")]
    [InlineData("LoadAsync().GetAwaiter().OnCompleted(() => { });")]
    public async Task Call_InALargerExpressionThatIsDropped_IsOwned(string statement)
    {
        using var project = new UserProject(WindowCode.With(statement), RuleSettings.OptedIn);

        Assert.Empty(await project.FindAsync(new FIB0007UnownedCallAnalyzer()));
        Assert.Contains((await project.CompileAsync()).SyntaxTrees, tree => tree.FilePath.EndsWith("FibulaForgottenCalls.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_SaysWhy()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("Func<Task> load = LoadAsync; load();"));

        Assert.Equal(["Nobody owns the task of 'load', because it calls a delegate. Hand it to a scope: scope.Own(load(…))."], messages);
    }

    [Theory, InlineData("Name.SaveAsync();"), InlineData("ShowAsync(Name.File);"), InlineData("_ = Name.SaveAsync();")]
    public async Task Rule_WhereOnlyOtherGeneratedCodeMakesTheCallBind_FindsIt(string statement)
    {
        RuleSettings settings = OptedInWith("public static class Name { public static string File => \"\"; public static System.Threading.Tasks.Task SaveAsync() => System.Threading.Tasks.Task.CompletedTask; }");
        using var project = new UserProject(WindowCode.With($"{statement} LoadAsync();"), settings);

        var found = await project.FindAsync(new FIB0007UnownedCallAnalyzer());

        Assert.Contains("because only other generated code makes it bind.", Assert.Single(found).GetMessage());
    }

    [Fact]
    public async Task Rule_InAFileThatAnotherGeneratorTranslates_FindsIt()
    {
        RuleSettings settings = OptedInWith(GeneratedCode.With("\n#line 7 \"Page.razor\"\nLoadAsync();\n#line default\nLoadAsync();"));
        using var project = new UserProject(WindowCode.With("LoadAsync();"), settings);

        var found = Assert.Single(await project.FindAsync(new FIB0007UnownedCallAnalyzer()));

        Assert.Equal("Page.razor:7", GeneratedCode.PlaceOf(found));
        Assert.Contains("because the code it is in is made by another generator.", found.GetMessage());
    }

    [Fact]
    public async Task Rule_InCheckedInGeneratedCode_FindsNothingThatIsOwned()
    {
        using var project = new UserProject("// <auto-generated/>\n" + WindowCode.With("\n#line 7 \"Page.razor\"\nLoadAsync();\n"), RuleSettings.OptedIn);

        Assert.Empty(await project.FindAsync(new FIB0007UnownedCallAnalyzer()));
    }

    [Fact]
    public Task Fix_HandsTheTaskToTheScope() => Check.FixesAsync(
        WindowCode.With("Func<Task> load = LoadAsync; [|load()|]; _ = [|LoadHereAsync()|]; static Task LoadHereAsync() => Task.CompletedTask;"),
        WindowCode.With("Func<Task> load = LoadAsync; this.Tasks.Own(load()); this.Tasks.Own(LoadHereAsync()); static Task LoadHereAsync() => Task.CompletedTask;"));

    [Fact]
    public Task Fix_OfACallThatIsContinued_IsNotOffered() => Check.OffersNoFixAsync(
        WindowCode.With("Func<Task> load = LoadAsync; [|load()|].ContinueWith(_ => this.ToString());"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private void OpenButton_Click(object sender, EventArgs e)
            {
                Func<Task> load = LoadAsync;
                load();
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private void OpenButton_Click(object sender, EventArgs e)
            {
                Func<Task> load = LoadAsync;
                this.Tasks.Own(load());
            }
            // docs: end
            """));

    private static RuleSettings OptedInWith(string generated) => new()
    {
        BuildProperties = RuleSettings.OptedIn.BuildProperties,
        Features = RuleSettings.OptedIn.Features,
        Generated = { ["Other.g.cs"] = generated },
    };
}
