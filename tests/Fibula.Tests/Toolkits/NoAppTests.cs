using Fibula.Toolkits;

namespace Fibula.Tests.Toolkits;

/// <summary>Why no app can own the tasks of a view: each case says what is so, and what to do.</summary>
public sealed class NoAppTests
{
    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_NoAppWasEverMade_SayHowToGetOne() => OnAThread(() =>
        Assert.Equal("There is no app that could own tasks of 'Login'. Call UseFibula() in Main.", LoopOf<int>.TaskError("Login")));

    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_OnAnotherThreadThanTheApps_SayWhoseThatIs() => OnAThread(() =>
    {
        var loop = new LoopOf<long>();
        loop.UseFibula(options => options.Name = "shop");
        string? error = null;
        OnAThread(() => error = LoopOf<long>.TaskError("Login"));

        Assert.Equal(
            "Tasks of 'Login' were asked for on a thread that is not the UI thread of 'shop'. "
            + "Ask there: use Post, or 'await task.SwitchToUiAsync()' before. A further UI thread needs an app of its own.",
            error);
        loop.End();
    });

    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_OnAThreadOfSeveralAppsElsewhere_NameAll() => OnAThread(() =>
    {
        LoopOf<byte>[] loops = [new(), new()];
        loops[0].UseFibula(options => options.Name = "shop");
        loops[1].UseFibula(options => options.Name = "tray");
        string? error = null;
        OnAThread(() => error = LoopOf<byte>.TaskError("Login"));

        Assert.StartsWith("Tasks of 'Login' were asked for on a thread that is not the UI thread of 'tray' or 'shop'. ", error, StringComparison.Ordinal);
        Array.ForEach(loops, static loop => loop.End());
    });

    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_AfterTheEndOfTheApp_SayThatItHasEnded() => OnAThread(() =>
    {
        var loop = new LoopOf<char>();
        loop.UseFibula(options => options.Name = "shop");
        loop.End();

        Assert.Equal("The app 'shop' has ended, and owns no tasks of 'Main' any more. An app leaves with its first window.", LoopOf<char>.TaskError("Main"));
    });

    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_AfterTheEndOfTheAppWhileAnotherLivesElsewhere_SayThatItHasEnded() => OnAThread(() =>
    {
        var loop = new LoopOf<short>();
        loop.UseFibula(options => options.Name = "shop");
        string? error = null;
        OnAThread(() =>
        {
            var ended = new LoopOf<short>();
            ended.UseFibula(options => options.Name = "splash");
            ended.End();
            error = LoopOf<short>.TaskError("Main");
        });

        Assert.StartsWith("The app 'splash' has ended", error, StringComparison.Ordinal);
        loop.End();
    });

    [Fact, Trait("Behaviour", "B58")]
    public async Task Tasks_OnAThreadOfThePoolAfterTheEndOfAnApp_SayNothingOfThat()
    {
        string error = await Task.Run(() =>
        {
            var ended = new LoopOf<uint>();
            ended.UseFibula();
            ended.End();
            return LoopOf<uint>.TaskError("Main");
        });

        Assert.StartsWith("There is no app that could own tasks of 'Main'.", error, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B58")]
    public void Tasks_AfterTheEndOfAnotherToolkitsApp_SayHowToGetOne() => OnAThread(() =>
    {
        var loop = new LoopOf<float>();
        loop.UseFibula();
        loop.End();

        Assert.Equal("There is no app that could own tasks of 'Main'. Call UseFibula() in Main.", LoopOf<double>.TaskError("Main"));
    });

    // The end of an app is remembered by its thread.
    private static void OnAThread(Action test)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(test));
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    /// <summary>A loop of a toolkit of its own for each test, so that they know nothing of each other's apps.</summary>
    private sealed class LoopOf<TToolkit> : ToolkitLoop
    {
        private readonly Thread _thread = Thread.CurrentThread;

        public static string TaskError(string view) =>
            NoAppFor(view, WithApp<LoopOf<TToolkit>>(), toStart: "Call UseFibula() in Main.", toGoOn: "An app leaves with its first window.").Message;

        public void End() => NotifyEnded();

        protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

        protected override void RequestTurn(bool yielding)
        {
        }
    }
}
