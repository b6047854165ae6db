using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0003AsyncVoidTests
{
    private static readonly RuleCheck Check = new(new FIB0003AsyncVoidAnalyzer(), new FIB0003AsyncVoidFix());

    [Theory]
    [InlineData("private async void [|Refresh|]() => await LoadAsync();")]
    [InlineData("public async void [|Refresh|](string file) { await ShowAsync(file); }")]
    [InlineData("public static async void [|Wait|]() => await Task.Yield();")]
    [InlineData("private async void [|Refresh|]() => await LoadAsync(); public void Click() { Refresh(); this.Refresh(); this?.Refresh(); }")]
    [InlineData("public void Click() { Refresh(); async void [|Refresh|]() => await LoadAsync(); }")]
    public Task Rule_OnAsyncVoid_FindsIt(string members) => Check.FindsMarkedAsync(WindowCode.WithMembers(members));

    [Theory]
    [InlineData("private async void Button_Click(object sender, EventArgs e) => await LoadAsync();")]
    [InlineData("private async void Button_Click(object? sender, AssemblyLoadEventArgs e) => await LoadAsync();")]
    [InlineData("private async void Button_Click(EventArgs e) => await LoadAsync();")]
    [InlineData("public override async void Show() => await LoadAsync();")]
    [InlineData("public async void Dispose() => await LoadAsync();")]
    [InlineData("async void IDisposable.Dispose() => await LoadAsync();")]
    [InlineData("public void Click() => Tick += Refresh; private async void Refresh() => await LoadAsync();")]
    [InlineData("public void Click() => Tick -= this.Refresh; private async void Refresh() => await LoadAsync();")]
    [InlineData("public Action Command => new(Refresh); private async void Refresh() => await LoadAsync();")]
    [InlineData("public void Click() { Tick += Refresh; async void Refresh() => await LoadAsync(); }")]
    [InlineData("private async Task RefreshAsync() => await LoadAsync();")]
    [InlineData("private void Refresh() { }")]
    [InlineData("public void Click() => Tick += async () => await LoadAsync();")]
    public Task Rule_OnAHandlerOrATask_FindsNothing(string members) => Check.FindsMarkedAsync(
        WindowCode.WithMembers(members).Replace("class MainWindow : System.Windows.Window", "class MainWindow : Base, IDisposable")
        + "public abstract class Base : System.Windows.Window, IDisposable { public virtual void Show() { } void IDisposable.Dispose() { } }");

    [Fact]
    public Task Rule_InAProjectWhoseForgottenTasksAreOwned_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.WithMembers("private async void Refresh() => await LoadAsync();"),
        RuleSettings.OptedIn);

    [Fact]
    public Task Rule_WithoutFibula_FindsNothing() => Check.FindsMarkedAsync(
        "class Clock { async void Wait() => await System.Threading.Tasks.Task.Yield(); }", new RuleSettings { HasFibula = false });

    [Fact]
    public async Task Message_NamesTheMethod()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.WithMembers("private async void Refresh() => await LoadAsync();"));

        Assert.Equal(["'Refresh' is async void and no event handler: nobody can wait for it, cancel it or catch its error. Return a Task."], messages);
    }

    [Fact]
    public Task Fix_OfALocalFunction_HandsItsTasksToTheScope() => Check.FixesAsync(
        WindowCode.With("Refresh(); Tick += () => Refresh(); async void Refresh() => await LoadAsync();"),
        WindowCode.With("this.Tasks.Own(Refresh()); Tick += () => this.Tasks.Own(Refresh()); async Task Refresh() => await LoadAsync();"));

    [Fact]
    public Task Fix_OfSeveral_FixesEach() => Check.FixesAsync(
        WindowCode.WithMembers("private async void A() => await LoadAsync(); private async void B() { await LoadAsync(); A(); }"),
        WindowCode.WithMembers("private async Task A() => await LoadAsync(); private async Task B() { await LoadAsync(); this.Tasks.Own(A()); }"));

    [Theory]
    [InlineData("public async void [|Refresh|]() => await LoadAsync();")]
    [InlineData("private async void [|Refresh|]() => await LoadAsync(); private static void Click(MainWindow window) => window.Refresh();")]
    [InlineData("private async void [|Refresh|]() => await LoadAsync(); public void Click() => this?.Refresh();")]
    public Task Fix_WhereACallMayStayWithoutAnOwner_IsNotOffered(string members) => Check.OffersNoFixAsync(WindowCode.WithMembers(members));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            public void Open(string file)
            {
                ShowPrices(file);
            }

            private async void ShowPrices(string file)
            {
                await ShowAsync(file);
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            public void Open(string file)
            {
                this.Tasks.Own(ShowPrices(file));
            }

            private async Task ShowPrices(string file)
            {
                await ShowAsync(file);
            }
            // docs: end
            """));
}
