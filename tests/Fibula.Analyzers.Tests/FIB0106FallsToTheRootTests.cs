using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0106FallsToTheRootTests
{
    private static readonly RuleCheck Check = new(new FIB0106FallsToTheRootAnalyzer(), new FIB0001DiscardedTaskFix(), RuleSettings.OptedIn);

    [Theory]
    [InlineData("[|Files.SaveAsync()|];")]
    [InlineData("_ = [|new Files().LoadAsync()|];")]
    [InlineData("new Files()?[|.LoadAsync()|];")]
    [InlineData("Loaded += (_, _) => [|Files.SaveAsync()|];")]
    [InlineData("[|new Files().ExtendAsync()|];")]
    [InlineData("[|FileExtensions.ExtendAsync(new Files())|];")]
    [InlineData("[|Task.Run(LoadAsync)|];")]
    public Task Rule_OnADroppedCallThatIsNotOfAWindow_FindsIt(string statement) => Check.FindsMarkedAsync(With(statement));

    [Theory]
    [InlineData("LoadAsync();")]
    [InlineData("this.ExtendAsync();")]
    [InlineData("new MainWindow().LoadAsync();")]
    [InlineData("this.Tasks.Run(() => { Files.SaveAsync(); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(task => { Files.SaveAsync(); return task.Delay(TimeSpan.Zero); });")]
    [InlineData("this.Tasks.Own(Files.SaveAsync());")]
    [InlineData("this.Tasks.CloseAsync();")]
    [InlineData("Task kept = Files.SaveAsync(); kept.ContinueWith(save => Console.WriteLine(save.Exception));")]
    [InlineData("Task kept = Files.SaveAsync();")]
    [InlineData("Func<Task> save = Files.SaveAsync; save();")]
    public Task Rule_OnWhatIsTheWindows_FindsNothing(string statement) => Check.FindsMarkedAsync(With(statement));

    [Fact]
    public Task Rule_OutsideOfAView_FindsNothing() => Check.FindsMarkedAsync(
        "using System.Threading.Tasks; class Files { void Save() => SaveAsync(); static Task SaveAsync() => Task.CompletedTask; }");

    [Fact]
    public Task Rule_InAProjectThatHasNotOptedIn_FindsNothing() => Check.FindsMarkedAsync(With("Files.SaveAsync();"), RuleSettings.Default);

    [Fact]
    public async Task Message_SaysWhoseItIsAndHowToChangeThat()
    {
        string[] messages = await Check.MessagesAsync(With("Files.SaveAsync();"));

        Assert.Equal(
            ["Where no task runs around this call, the task of 'SaveAsync' belongs to the app and not to this 'MainWindow'. To hand it to this one: this.Tasks.Own(SaveAsync(…))."],
            messages);
    }

    [Fact]
    public Task Fix_HandsTheTaskToTheWindow() => Check.FixesAsync(
        With("[|Files.SaveAsync()|]; _ = [|new Files().LoadAsync()|];"),
        With("this.Tasks.Own(Files.SaveAsync()); this.Tasks.Own(new Files().LoadAsync());"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WithMembers(
            """
            // docs: flagged
            private void SaveButton_Click(object sender, EventArgs e)
            {
                _ = Files.SaveAsync();
            }
            // docs: end
            """),
        WithMembers(
            """
            // docs: fixed
            private void SaveButton_Click(object sender, EventArgs e)
            {
                this.Tasks.Own(Files.SaveAsync());
            }
            // docs: end
            """));

    private static string With(string statement) => WithMembers($"public void Click() {{ {statement} }}");

    private static string WithMembers(string members) => WindowCode.WithMembers(members) +
        """

        public sealed class Files
        {
            public static Task SaveAsync() => Task.CompletedTask;
            public Task LoadAsync() => Task.CompletedTask;
        }

        public static class FileExtensions
        {
            public static Task ExtendAsync(this object any) => Task.CompletedTask;
        }
        """;
}
