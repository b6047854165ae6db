using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0100AddBackgroundTaskTests
{
    private static readonly RuleCheck Check = new(new FIB0100AddBackgroundTaskAnalyzer(), new FIB0100AddBackgroundTaskFix());

    [Theory]
    [InlineData("[|AddBackgroundTask(LoadAsync)|];")]
    [InlineData("[|_other.AddBackgroundTask(LoadAsync)|];")]
    [InlineData("_other?[|.AddBackgroundTask(LoadAsync)|];")]
    [InlineData("Action load = () => [|AddBackgroundTask(async _ => await Task.Yield())|];")]
    public Task Rule_OnACall_FindsIt(string statement) => Check.FindsMarkedAsync(App(statement));

    [Theory]
    [InlineData("new Registry().AddBackgroundTask(LoadAsync);")]
    [InlineData("Tasks.Run(() => LoadAsync(this));")]
    public Task Rule_OnAnotherMethod_FindsNothing(string statement) => Check.FindsMarkedAsync(App(statement));

    [Fact]
    public async Task Message_SaysWhatToUse()
    {
        Assert.Equal(["AddBackgroundTask gives no handle. Use Tasks.Run."], await Check.MessagesAsync(App("AddBackgroundTask(LoadAsync);")));
    }

    [Theory]
    [InlineData("AddBackgroundTask(LoadAsync);", "Tasks.Run(() => LoadAsync(this));")]
    [InlineData("this.AddBackgroundTask(this.LoadAsync);", "this.Tasks.Run(() => this.LoadAsync(this));")]
    [InlineData("_other.AddBackgroundTask(LoadAsync);", "_other.Tasks.Run(() => LoadAsync(_other));")]
    [InlineData("AddBackgroundTask(async _ => await Task.Yield());", "Tasks.Run(async () => await Task.Yield());")]
    [InlineData("_other.AddBackgroundTask(app => LoadAsync(app));", "_other.Tasks.Run(() => LoadAsync(_other));")]
    [InlineData("AddBackgroundTask((UiApp app) => { return LoadAsync(app); });", "Tasks.Run(() => { return LoadAsync(this); });")]
    [InlineData("AddBackgroundTask(async app => { await Task.Yield(); app.Exit(); });", "Tasks.Run(async () => { await Task.Yield(); this.Exit(); });")]
    [InlineData("AddBackgroundTask(Refresh);", "Tasks.Run(() => { Refresh(this); return Task.CompletedTask; });")]
    [InlineData("AddBackgroundTask(app => app.Exit());", "Tasks.Run(() => { this.Exit(); return Task.CompletedTask; });")]
    [InlineData("AddBackgroundTask(app => { app.Exit(); });", "Tasks.Run(() => { this.Exit(); return Task.CompletedTask; });")]
    public Task Fix_OfACall_StartsTheSameHandler(string statement, string expected) => Check.FixesAsync(App(statement), App(expected));

    [Fact]
    public Task Fix_OfSeveral_FixesEach() => Check.FixesAsync(
        App("AddBackgroundTask(LoadAsync); AddBackgroundTask(Refresh);"),
        App("Tasks.Run(() => LoadAsync(this)); Tasks.Run(() => { Refresh(this); return Task.CompletedTask; });"));

    [Theory]
    [InlineData("_other?[|.AddBackgroundTask(LoadAsync)|];")]
    [InlineData("[|new UiApp().AddBackgroundTask(LoadAsync)|];")]
    [InlineData("Func<UiApp, Task> load = LoadAsync; [|AddBackgroundTask(load)|];")]
    [InlineData("[|AddBackgroundTask(static app => app.Exit())|];")]
    [InlineData("[|AddBackgroundTask(app => { if (app.Loop is null) { return; } app.Exit(); })|];")]
    [InlineData("[|AddBackgroundTask(delegate(UiApp app) { app.Exit(); })|];")]
    public Task Fix_OfAnUnusualHandler_IsNotOffered(string statement) => Check.OffersNoFixAsync(App(statement));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        App(
            """
            // docs: flagged
            AddBackgroundTask(LoadAsync);
            AddBackgroundTask(app => app.Exit());
            // docs: end
            """),
        App(
            """
            // docs: fixed
            Tasks.Run(() => LoadAsync(this));
            Tasks.Run(() => { this.Exit(); return Task.CompletedTask; });
            // docs: end
            """));

    private static string App(string statement) =>
        $$"""
        #pragma warning disable CS0618 // Obsolete: that is what the rule is about.
        using System;
        using System.Threading.Tasks;
        using Fibula;

        public sealed class Program : UiApp
        {
            private readonly UiApp _other = new();
            protected override void Startup()
            {
                {{statement}}
            }

            private Task LoadAsync(UiApp app) => Task.CompletedTask;
            private void Refresh(UiApp app) { }
        }

        public sealed class Registry
        {
            public void AddBackgroundTask(Func<UiApp, Task> handler) { }
        }
        """;
}
