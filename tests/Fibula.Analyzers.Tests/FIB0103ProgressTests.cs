using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0103ProgressTests
{
    private static readonly RuleCheck Check = new(new FIB0103ProgressAnalyzer(), new FIB0103ProgressFix());

    [Theory]
    [InlineData("await CopyAsync([|new Progress<double>(value => Value = value)|]);")]
    [InlineData("await CopyAsync([|new Progress<double>(value => { Value = value; Title = value.ToString(); })|]);")]
    [InlineData("await CopyAsync([|new Progress<double>(value => task.Report(value))|]);")]
    [InlineData("Progress<double> progress = [|new(value => Value = value)|]; await CopyAsync(progress);")]
    [InlineData("task.Run(async child => await CopyAsync([|new Progress<double>(value => this.Value = value)|]));")]
    public Task Rule_OnProgressThatShowsTheLatest_FindsIt(string statement) => Check.FindsMarkedAsync(With(statement));

    [Theory]
    [InlineData("await CopyAsync(task.AsProgress<double>(value => Value = value));")]
    [InlineData("await CopyAsync(new Progress<double>());")]
    [InlineData("double sum = 0; await CopyAsync(new Progress<double>(value => sum += value));")]
    [InlineData("var all = new List<double>(); await CopyAsync(new Progress<double>(value => all.Add(value)));")]
    [InlineData("await CopyAsync(new Progress<double>(value => Value += value));")]
    [InlineData("await CopyAsync(new Progress<double>(value => { if (value > 0) { Value = value; } }));")]
    [InlineData("await CopyAsync(new Progress<double>(Console.WriteLine));")]
    [InlineData("double last; await CopyAsync(new Progress<double>(value => last = value));")]
    [InlineData("Func<Task> copy = () => CopyAsync(new Progress<double>(value => Value = value)); await copy();")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(With(statement));

    [Fact]
    public Task Rule_WithoutAContext_FindsNothing() =>
        Check.FindsMarkedAsync(With("").Replace("ImportAsync(TaskContext task) {", "ImportAsync(TaskContext _) { await CopyAsync(new Progress<double>(value => Value = value)); TaskContext task = _;"));

    [Fact]
    public async Task Message_NamesTheContext()
    {
        string[] messages = await Check.MessagesAsync(With("await CopyAsync(new Progress<double>(value => Value = value));"));

        Assert.Equal(["Progress<T> posts every value, also after the task has ended. Use task.AsProgress, or task.Report."], messages);
    }

    [Theory]
    [InlineData("await CopyAsync(new Progress<double>(value => Value = value));", "await CopyAsync(task.AsProgress<double>(value => Value = value));")]
    [InlineData(
        "var shown = new Progress<double>(value => Value = value); await CopyAsync(shown);",
        "var shown = task.AsProgress<double>(value => Value = value); await CopyAsync(shown);")]
    [InlineData(
        "IProgress<int> a = new Progress<int>(value => Value = value), b = new System.Progress<int>(value => task.Report(value, 9));",
        "IProgress<int> a = task.AsProgress<int>(value => Value = value), b = task.AsProgress<int>(value => task.Report(value, 9));")]
    [InlineData(
        "task.Run(async @event => await CopyAsync(new Progress<double>(value => Value = value)));",
        "task.Run(async @event => await CopyAsync(@event.AsProgress<double>(value => Value = value)));")]
    public Task Fix_OfAProgress_UsesTheTasks(string statement, string expected) => Check.FixesAsync(With(statement), With(expected));

    [Theory]
    [InlineData("Progress<double> shown = [|new Progress<double>(value => Value = value)|]; await CopyAsync(shown);")]
    [InlineData("var shown = [|new Progress<double>(value => Value = value)|]; shown.ProgressChanged += (_, _) => { };")]
    public Task Fix_WhereTheClassIsNeeded_IsNotOffered(string statement) => Check.OffersNoFixAsync(With(statement));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task ImportAsync(TaskContext task)
            {
                await CopyAsync(new Progress<double>(value => Value = value));
            }
            // docs: end
            """ + Members),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task ImportAsync(TaskContext task)
            {
                await CopyAsync(task.AsProgress<double>(value => Value = value));
            }
            // docs: end
            """ + Members));

    private const string Members =
        """

        public double Value { get; set; }
        public string? Title { get; set; }
        private Task CopyAsync(IProgress<double> progress) => Task.CompletedTask;
        """;

    private static string With(string statement) => WindowCode.WithMembers($"private async Task ImportAsync(TaskContext task) {{ {statement} await task.SwitchToUiAsync(); }}{Members}");
}
