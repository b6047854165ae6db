using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

[Trait("Behaviour", "B90")]
public sealed class FIB0010UncaughtCancellationTests
{
    private static readonly RuleCheck Check = new(new FIB0010UncaughtCancellationAnalyzer(), new FIB0010UncaughtCancellationFix());

    [Theory]
    [InlineData("[|await Scope.Run(SaveAsync)|];")]
    [InlineData("Show([|await Scope.Run(() => Task.FromResult(1))|]);")]
    [InlineData("[|await _load.ExecuteAsync()|];")]
    [InlineData("[|await Scope.Run(SaveAsync).ConfigureAwait(true)|];")]
    [InlineData("[|await Scope.Run(SaveAsync).AsTask()|];")]
    [InlineData("[|await Scope.Run(task => task.RunGroupAsync(group => SaveAsync()).AsTask())|];")]
    [InlineData("BackgroundTask save = Scope.Run(SaveAsync); [|await save|];")]
    [InlineData("try { [|await Scope.Run(SaveAsync)|]; } catch (InvalidOperationException) { }")]
    [InlineData("try { Show(1); } catch (OperationCanceledException) { [|await Scope.Run(SaveAsync)|]; }")]
    [InlineData("try { Click += async (_, _) => [|await Scope.Run(SaveAsync)|]; } catch (OperationCanceledException) { }")]
    public Task Rule_OnAnAwaitedHandle_FindsIt(string statement) => Check.FindsMarkedAsync(ToolkitCode.WindowsForms(Handler(statement)));

    [Theory]
    [InlineData("await SaveAsync();")]
    [InlineData("Scope.Run(SaveAsync);")]
    [InlineData("try { await Scope.Run(SaveAsync); } catch (BackgroundTaskCanceledException) { }")]
    [InlineData("try { await Scope.Run(SaveAsync); } catch (OperationCanceledException canceled) when (canceled.Message.Length > 0) { }")]
    [InlineData("try { try { await Scope.Run(SaveAsync); } finally { Show(1); } } catch { }")]
    [InlineData("Func<Task> save = async () => await Scope.Run(SaveAsync);")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(ToolkitCode.WindowsForms(Handler(statement)));

    [Fact]
    public Task Rule_InAnAsyncMethod_FindsNothing() =>
        Check.FindsMarkedAsync(ToolkitCode.WindowsForms("private async Task OpenAsync() => await Scope.Run(SaveAsync);"));

    [Fact]
    public Task Rule_OnAToolkitWithAPlaceForIt_FindsNothing() => Check.FindsMarkedAsync(ToolkitCode.Wpf(Handler("await Scope.Run(SaveAsync);")));

    [Fact]
    public Task Rule_InAClassThatIsNoView_FindsIt() => Check.FindsMarkedAsync(
        ToolkitCode.WindowsForms("") + "public class Opener { public async void Open(TaskScope scope) => [|await scope.Run(() => Task.CompletedTask)|]; }");

    [Fact]
    public Task Rule_InAProjectThatHasOptedIn_FindsNothing() =>
        Check.FindsMarkedAsync(ToolkitCode.WindowsForms(Handler("await Scope.Run(SaveAsync);")), RuleSettings.OptedIn);

    [Fact]
    public Task Rule_OnABindingOfGtk_FindsIt() => Check.FindsMarkedAsync(ToolkitCode.Gtk(Handler("[|await Scope.Run(SaveAsync)|];")));

    [Fact]
    public async Task Message_SaysWhatTheToolkitDoes() => Assert.Equal(
        ["When this task is canceled, its cancellation leaves the async void 'Open_Click', and Windows Forms treats it as an error. Catch BackgroundTaskCanceledException, or set FibulaOwnForgottenTasks in the project."],
        await Check.MessagesAsync(ToolkitCode.WindowsForms(Handler("await Scope.Run(SaveAsync);"))));

    [Theory]
    [InlineData(
        "private async void Open_Click(object? sender, EventArgs e) => [|await Scope.Run(SaveAsync)|];",
        "private async void Open_Click(object? sender, EventArgs e) { try { await Scope.Run(SaveAsync); } catch (BackgroundTaskCanceledException) { } }")]
    [InlineData(
        "private async void Open_Click(object? sender, EventArgs e) { [|await Scope.Run(SaveAsync)|]; [|await Scope.Run(SaveAsync)|]; }",
        "private async void Open_Click(object? sender, EventArgs e) { try { await Scope.Run(SaveAsync); await Scope.Run(SaveAsync); } catch (BackgroundTaskCanceledException) { } }")]
    [InlineData(
        "private void Open() { Click += async (_, _) => [|await Scope.Run(SaveAsync)|]; }",
        "private void Open() { Click += async (_, _) => { try { await Scope.Run(SaveAsync); } catch (BackgroundTaskCanceledException) { } }; }")]
    [InlineData(
        "private void Open() { Save(); async void Save() => [|await Scope.Run(SaveAsync)|]; }",
        "private void Open() { Save(); async void Save() { try { await Scope.Run(SaveAsync); } catch (BackgroundTaskCanceledException) { } } }")]
    public Task Fix_CatchesTheCancellation(string code, string expected) => Check.FixesAsync(ToolkitCode.WindowsForms(code), ToolkitCode.WindowsForms(expected));

    [Fact]
    public Task Fix_LeavesATextOfSeveralLinesAsItIs() => Check.FixesAsync(
        ToolkitCode.WindowsForms("private async void Open_Click(object? sender, EventArgs e)\n    {\n        Show(@\"a\n  b\");\n\n        [|await Scope.Run(SaveAsync)|];\n    }"),
        ToolkitCode.WindowsForms("private async void Open_Click(object? sender, EventArgs e)\n    {\n        try\n        {\n            Show(@\"a\n  b\");\n\n            await Scope.Run(SaveAsync);\n        }\n        catch (BackgroundTaskCanceledException)\n        {\n            // Canceled: there is nothing left to do.\n        }\n    }"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        ToolkitCode.WindowsForms(
            """
            // docs: flagged
            private async void SaveButton_Click(object? sender, EventArgs e)
            {
                BackgroundTask save = Scope.Run(SaveAsync);
                await save;
                Show("Saved.");
            }
            // docs: end
            """),
        ToolkitCode.WindowsForms(
            """
            // docs: fixed
            private async void SaveButton_Click(object? sender, EventArgs e)
            {
                try
                {
                    BackgroundTask save = Scope.Run(SaveAsync);
                    await save;
                    Show("Saved.");
                }
                catch (BackgroundTaskCanceledException)
                {
                    // Canceled: there is nothing left to do.
                }
            }
            // docs: end
            """));

    private static string Handler(string statement) => $"private async void Open_Click(object? sender, EventArgs e) {{ await Task.Yield(); {statement} }}";
}
