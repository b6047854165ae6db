using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0013LateBaseCloseTests
{
    private static readonly RuleCheck Check = new(new FIB0013LateBaseCloseAnalyzer(), new FIB0013LateBaseCloseFix());

    [Theory]
    [InlineData("await SaveAsync(); base.OnFormClosing(e);")]
    [InlineData("await SaveAsync();")]
    [InlineData("await Task.Yield(); Task.Run(() => base.OnFormClosing(e)); base.ToString();")]
    [InlineData("if (!e.Cancel) { await SaveAsync(); } base.OnFormClosing(e);")]
    public Task Rule_OnABaseCallThatComesLateOrNever_FindsIt(string statements) =>
        Check.FindsMarkedAsync(ToolkitCode.WindowsForms($"protected override async void [|OnFormClosing|](FormClosingEventArgs e) {{ {statements} }}"));

    [Theory]
    [InlineData("base.OnFormClosing(e); await SaveAsync();")]
    [InlineData("if (e.Cancel) { return; } base.OnFormClosing(e); await Task.Yield();")]
    [InlineData("Func<Task> save = async () => await SaveAsync(); base.OnFormClosing(e); await save();")]
    public Task Rule_OnABaseCallInTime_FindsNothing(string statements) =>
        Check.FindsMarkedAsync(ToolkitCode.WindowsForms($"protected override async void OnFormClosing(FormClosingEventArgs e) {{ {statements} }}"));

    [Fact]
    public Task Rule_OnTheClosingOfWpf_FindsIt() =>
        Check.FindsMarkedAsync(ToolkitCode.Wpf("protected override void [|OnClosing|](CancelEventArgs e) => e.Cancel = true;"));

    [Fact]
    public Task Rule_OnTheClosingOfAvalonia_FindsIt() =>
        Check.FindsMarkedAsync(ToolkitCode.Avalonia("protected override async void [|OnClosing|](WindowClosingEventArgs e) { await SaveAsync(); base.OnClosing(e); }"));

    [Fact]
    public Task Rule_OnAMethodOfThatNameThatIsNoOverrideOfAToolkit_FindsNothing() =>
        Check.FindsMarkedAsync("public class Door { protected virtual void OnClosing(int e) { } } public class Gate : Door { protected override void OnClosing(int e) { } }");

    [Theory]
    [InlineData("", "never calls its base method")]
    [InlineData("base.OnFormClosing(e);", "calls its base method only after an await")]
    public async Task Message_SaysWhatIsMissing(string after, string complaint) => Assert.Equal(
        [$"'OnFormClosing' {complaint}, so the window can close under its running tasks, and nobody is asked. Call base.OnFormClosing before anything is awaited."],
        await Check.MessagesAsync(ToolkitCode.WindowsForms($"protected override async void OnFormClosing(FormClosingEventArgs e) {{ await SaveAsync(); {after} }}")));

    [Theory]
    [InlineData("Show(1);", "base.OnFormClosing(e); Show(1);")]
    [InlineData("await SaveAsync(); base.OnFormClosing(e);", "base.OnFormClosing(e); await SaveAsync();")]
    public Task Fix_CallsTheBaseClassFirst(string statements, string expected) => Check.FixesAsync(
        ToolkitCode.WindowsForms($"protected override async void [|OnFormClosing|](FormClosingEventArgs e) {{ {statements} await Task.Yield(); }}"),
        ToolkitCode.WindowsForms($"protected override async void OnFormClosing(FormClosingEventArgs e) {{ {expected} await Task.Yield(); }}"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        ToolkitCode.WindowsForms(
            """
            // docs: flagged
            protected override async void OnFormClosing(FormClosingEventArgs e)
            {
                await SaveAsync();
                base.OnFormClosing(e);
            }
            // docs: end
            """),
        ToolkitCode.WindowsForms(
            """
            // docs: fixed
            protected override async void OnFormClosing(FormClosingEventArgs e)
            {
                base.OnFormClosing(e);
                await SaveAsync();
            }
            // docs: end
            """));
}
