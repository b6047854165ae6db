using Fibula.Testing;

namespace Fibula.Tests.Toolkits;

/// <summary>What the user sees of a window that waits for the whole app.</summary>
public sealed class MainWindowHintTests
{
    private readonly TestLoop _loop = new();
    private readonly List<bool> _answers = [];
    private readonly UiApp _app;
    private readonly FakeWindow _window;

    public MainWindowHintTests()
    {
        _app = _loop.UseFibula(options => options.OnExit = _ => Task.FromResult(_answers.Count == 0 || _answers[0]));
        _loop.RunUntilIdle();
        _window = new FakeWindow(_loop, "Main") { EndsTheApp = true };
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhenTheAppLeaves_TakesNoInputAndSaysSoAfterAMoment()
    {
        _app.Tasks.Run(async task => await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1))));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.RunUntilIdle();
        string? atFirst = _window.ShownTitle;
        _loop.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal("Main", atFirst);
        Assert.Equal(["held", "no input", "title Waiting for tasks: Main"], _window.Log);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhenTheAppStays_LeavesTheWindowAsItWas()
    {
        _answers.Add(false);
        _app.Tasks.Run(token => new TaskCompletionSource().Task.WaitAsync(token));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["held"], _window.Log);
        Assert.False(_window.IsHeldBack);
    }
}
