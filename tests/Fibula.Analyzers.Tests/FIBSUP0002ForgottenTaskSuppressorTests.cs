using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers.Tests;

public sealed class FIBSUP0002ForgottenTaskSuppressorTests
{
    private const string Generated =
        "public static class Name { public static System.Threading.Tasks.Task SaveAsync() => System.Threading.Tasks.Task.CompletedTask; }";

    [Theory]
    [InlineData("LoadAsync();", true)]
    [InlineData("for (LoadAsync(); ; ) break;", true)]
    [InlineData("LoadAsync().ContinueWith(load => _ = load.Exception);", true)]
    [InlineData("LoadAsync().ContinueWith(load => this.ToString());", true)]
    [InlineData("Task kept = LoadAsync(); kept.ContinueWith(load => _ = load.Exception);", false)]
    [InlineData("Func<Task> load = LoadAsync; load();", false)]
    [InlineData("Name.SaveAsync();", false)]
    [InlineData("LoadAsync().ConfigureAwait(false);", true)]
    [InlineData("SendAsync().ConfigureAwait(false);", true)]
    [InlineData("Func<Task> load = LoadAsync; load().ConfigureAwait(false);", false)]
    public async Task Cs4014_IsSuppressed_WhereTheCallWasReplaced(string statement, bool isSuppressed) =>
        Assert.Equal(isSuppressed, Assert.Single(await FindAsync(statement, RuleSettings.OptedIn)).IsSuppressed);

    [Fact]
    public async Task Cs4014_InAProjectThatOptsInInVain_IsReported() =>
        Assert.False(Assert.Single(await FindAsync("LoadAsync();", new RuleSettings { BuildProperties = RuleSettings.OptedIn.BuildProperties })).IsSuppressed);

    private static async Task<IEnumerable<Diagnostic>> FindAsync(string statement, RuleSettings settings)
    {
        settings.Generated.Add("Name.g.cs", Generated);
        using var project = new UserProject(WindowCode.WithAsync(statement), settings);
        Compilation compilation = await project.CompileAsync();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new BuildProperties(settings.BuildProperties)), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var found = await compilation.WithAnalyzers([new FIBSUP0002ForgottenTaskSuppressor()], options).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return found.Where(diagnostic => diagnostic.Id == "CS4014");
    }
}
