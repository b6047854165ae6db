using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0005BlockingWaitTests
{
    private static readonly RuleCheck Check = new(new FIB0005BlockingWaitAnalyzer(), new FIB0005BlockingWaitFix());

    [Theory]
    [InlineData("[|LoadAsync().Wait()|];")]
    [InlineData("[|LoadAsync().Wait(500)|];")]
    [InlineData("int count = [|CountAsync().Result|];")]
    [InlineData("int count = [|ReceiveAsync().Result|];")]
    [InlineData("[|LoadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("[|SendAsync().GetAwaiter().GetResult()|];")]
    [InlineData("[|Task.WaitAll(LoadAsync(), CountAsync())|];")]
    [InlineData("[|Task.WaitAny(LoadAsync(), CountAsync())|];")]
    [InlineData("var load = LoadAsync(); [|load.Wait()|];")]
    [InlineData("Loaded += (_, _) => [|LoadAsync().Wait()|];")]
    [InlineData("this.Tasks.Run(async () => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("this.Tasks.Run(task => { [|LoadAsync().Wait()|]; return task.Delay(TimeSpan.Zero); });")]
    [InlineData("EventLoop.Run(async task => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("int count = EventLoop.Run(async task => { await task.Delay(TimeSpan.Zero); return [|CountAsync().Result|]; });")]
    [InlineData("EventLoop.Run(task => { [|LoadAsync().GetAwaiter().GetResult()|]; return LoadAsync(); });")]
    [InlineData("EventLoop.Run(task => task.Run(async () => { [|LoadAsync().Wait()|]; await LoadAsync(); }).AsTask());")]
    [InlineData("new UiApp().Post(() => [|LoadAsync().Wait()|]);")]
    [InlineData("new EventLoop().Post(() => [|LoadAsync().Wait()|]);")]
    [InlineData("new EventLoop().UseFibula(options => options.OnRunning = () => { [|LoadAsync().Wait()|]; return LoadAsync(); });")]
    [InlineData("new EventLoop().UseFibula(options => options.OnExit = async cause => { [|LoadAsync().Wait()|]; await LoadAsync(); return true; });")]
    [InlineData("this.Tasks.RunEvery(TimeSpan.FromHours(1), async () => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("this.Tasks.RunWhileShown(async task => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("this.Tasks.StartAsync<int>(async (task, ready) => { [|LoadAsync().Wait()|]; ready(1); await LoadAsync(); });")]
    [InlineData("new TaskCommand(this.Tasks, async () => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("new TaskCommand<int>(this.Tasks, async (number, task) => { [|LoadAsync().Wait()|]; await LoadAsync(); });")]
    [InlineData("new TaskCommand(this.Tasks, LoadAsync) { CanExecuteWhen = () => [|CountAsync().Result|] > 0 };")]
    public Task Rule_OnAWaitOnTheUiThread_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("Task.Run(() => LoadAsync().Wait());")]
    [InlineData("this.Tasks.RunOnThreadPool(() => LoadAsync().Wait());")]
    [InlineData("this.Tasks.Run(async task => { await task.SwitchToThreadPoolAsync(); LoadAsync().Wait(); });")]
    [InlineData("this.Tasks.Run(async () => { await LoadAsync().ConfigureAwait(false); LoadAsync().Wait(); });")]
    [InlineData("Func<int> count = () => CountAsync().Result;")]
    [InlineData("EventLoop.Run(async task => { await task.SwitchToThreadPoolAsync(); LoadAsync().Wait(); });")]
    [InlineData("EventLoop.Run(async task => { await task.RunOnThreadPool(() => LoadAsync().Wait()); });")]
    [InlineData("new TaskFactory().StartNew(() => EventLoop.Run(async task => { var count = CountAsync(); await count; Console.WriteLine(count.Result); }));")]
    [InlineData("void Load() => LoadAsync().Wait(); this.Tasks.RunOnThreadPool(Load);")]
    [InlineData("var count = CountAsync(); if (count.IsCompleted) { Console.WriteLine(count.Result); }")]
    [InlineData("int one = Task.FromResult(1).Result;")]
    [InlineData("CountAsync().ContinueWith(count => count.Result);")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => LoadAsync().Wait();")]
    [InlineData("new ManualResetEventSlim().Wait();")]
    [InlineData("Lazy<int> count = new(1); int result = count.Value;")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("public async Task A() { var count = CountAsync(); await Task.WhenAll(count); Console.WriteLine(count.Result); }")]
    [InlineData("public void A() => this.Tasks.RunOnThreadPool(B); private void B() => LoadAsync().Wait();")]
    [InlineData("public void A() => Task.Run(() => B()); private void B() => LoadAsync().Wait();")]
    [InlineData("private Task ImportAsync(TaskContext task) { LoadAsync().Wait(); return LoadAsync(); }")]
    [InlineData("private static void A(MainWindow window) => window.LoadAsync().Wait();")]
    public Task Rule_OnAMethodThatMayRunElsewhere_FindsNothing(string members) => Check.FindsMarkedAsync(WindowCode.WithMembers(members));

    [Fact]
    public Task Rule_InAClassThatIsNoView_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.With("LoadAsync().Wait();").Replace("MainWindow : System.Windows.Window", "ViewModel"));

    [Fact]
    public async Task Message_NamesTheWait()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("LoadAsync().Wait();"));

        Assert.Equal(["'Wait' blocks the UI thread, and for ever if the task needs that thread to end. Use await."], messages);
    }

    [Theory]
    [InlineData("LoadAsync().Wait();", "await LoadAsync();")]
    [InlineData("int count = CountAsync().Result;", "int count = await CountAsync();")]
    [InlineData("string count = CountAsync().Result.ToString();", "string count = (await CountAsync()).ToString();")]
    [InlineData("int count = CountAsync().Result + ReceiveAsync().Result;", "int count = await CountAsync() + await ReceiveAsync();")]
    [InlineData("SendAsync().GetAwaiter().GetResult();", "await SendAsync();")]
    [InlineData("Task.WaitAll(LoadAsync(), CountAsync());", "await Task.WhenAll(LoadAsync(), CountAsync());")]
    [InlineData("{ Span<int> counts = new int[1]; } int count = CountAsync().Result;", "{ Span<int> counts = new int[1]; } int count = await CountAsync();")]
    public Task Fix_InAnAsyncMethod_Awaits(string statement, string expected) => Check.FixesAsync(WindowCode.WithAsync(statement), WindowCode.WithAsync(expected));

    [Fact]
    public Task Fix_InWork_Awaits() => Check.FixesAsync(
        WindowCode.With("this.Tasks.Run(async () => Console.WriteLine(CountAsync().Result));"),
        WindowCode.With("this.Tasks.Run(async () => Console.WriteLine(await CountAsync()));"));

    [Theory]
    [InlineData("[|LoadAsync().Wait(500)|];")]
    [InlineData("lock (this) { [|LoadAsync().Wait()|]; }")]
    [InlineData("try { [|LoadAsync().Wait()|]; } catch (AggregateException) { }")]
    [InlineData("int first = [|Task.WaitAny(LoadAsync(), CountAsync())|];")]
    [InlineData("bool all = [|Task.WaitAll([LoadAsync()], 500)|];")]
    [InlineData("Span<int> counts = new int[1]; counts[0] = [|CountAsync().Result|];")]
    [InlineData("Span<int> counts = new int[1]; int count = [|CountAsync().Result|]; counts[0] = count;")]
    [InlineData("int[] counts = [1]; counts.AsSpan()[0] = [|CountAsync().Result|];")]
    [InlineData("int[] counts = [1]; ref int first = ref counts[0]; first = [|CountAsync().Result|];")]
    [InlineData("int[] counts = [1]; ref int First() => ref counts[0]; First() = [|CountAsync().Result|];")]
    [InlineData("int[] counts = [1]; foreach (int count in counts.AsSpan()) { [|LoadAsync().Wait()|]; }")]
    public Task Fix_WhereAwaitMeansSomethingElse_IsNotOffered(string statement) => Check.OffersNoFixAsync(WindowCode.WithAsync(statement));

    [Fact]
    public Task Fix_InAMethodThatIsNotAsync_IsNotOffered() => Check.OffersNoFixAsync(WindowCode.With("[|LoadAsync().Wait()|];"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async void OpenButton_Click(object sender, EventArgs e)
            {
                LoadAsync().Wait();
                Console.WriteLine(CountAsync().Result.ToString());
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async void OpenButton_Click(object sender, EventArgs e)
            {
                await LoadAsync();
                Console.WriteLine((await CountAsync()).ToString());
            }
            // docs: end
            """));
}
