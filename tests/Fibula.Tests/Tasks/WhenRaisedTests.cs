using System.ComponentModel;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>Work that waits for an event, and ends with its owner.</summary>
public sealed class WhenRaisedTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _log = [];

    public WhenRaisedTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    private event EventHandler? Clicked;

    private event EventHandler<string>? Typed;

    private event PropertyChangedEventHandler? Changed;

    [Fact, Trait("Behaviour", "B139")]
    public void WhenRaised_AnEvent_GoesOnInALaterTurnWithItsArguments()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.WhenRaisedAsync(handler => Clicked += handler, handler => Clicked -= handler);
            _log.Add("clicked");
            _log.Add(await task.WhenRaisedAsync<string>(handler => Typed += handler, handler => Typed -= handler));
            PropertyChangedEventArgs change = await task.WhenRaisedAsync<PropertyChangedEventHandler, PropertyChangedEventArgs>(
                static raised => (_, args) => raised(args), handler => Changed += handler, handler => Changed -= handler);
            _log.Add(change.PropertyName!);
        });

        Clicked!(this, EventArgs.Empty);
        _log.Add("after the click");
        _loop.RunUntilIdle();
        Typed!(this, "hello");
        _loop.RunUntilIdle();
        Changed!(this, new PropertyChangedEventArgs("Price"));
        _loop.RunUntilEnded(task);

        Assert.Equal(["after the click", "clicked", "hello", "Price"], _log);
        Assert.Equal((null, null, null), (Clicked, Typed, Changed));
    }

    [Theory, Trait("Behaviour", "B139")]
    [InlineData(true)]
    [InlineData(false)]
    public void WhenRaised_TheWindowCloses_EndsTheWaitAndRemovesTheHandler(bool closes)
    {
        BackgroundTask task = _window.Run(task => task.WhenRaisedAsync(handler => Clicked += handler, handler => Clicked -= handler));

        if (closes)
        {
            _loop.RunUntilEnded(_window.CloseAsync());
        }
        else
        {
            var thread = new Thread(() => task.Cancel());
            thread.Start();
            thread.Join();
            _loop.RunUntilEnded(task);
        }

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Null(Clicked);
    }

    [Fact, Trait("Behaviour", "B139")]
    public void WhenRaised_InATaskThatWasAskedBefore_AddsNoHandler()
    {
        bool hasAdded = false;
        BackgroundTask task = _window.Run(async task =>
        {
            await Task.Yield();
            await task.WhenRaisedAsync(_ => hasAdded = true, static _ => { });
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.False(hasAdded);
    }

    [Fact, Trait("Behaviour", "B139")]
    public void WhenRaised_HandlersThatThrow_AreErrorsOfTheWork()
    {
        BackgroundTask task = _window.Run(task => task.WhenRaisedAsync(static _ => throw new InvalidOperationException("No event."), static _ => { }));

        _loop.RunUntilIdle();

        Assert.Equal("No event.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
        Assert.Equal(BackgroundTaskState.Faulted, task.State);
    }

    [Fact, Trait("Behaviour", "B139")]
    public void Explain_OfATaskThatWaitsForAnEvent_SaysSo()
    {
        BackgroundTask task = _window.Run(task => task.WhenRaisedAsync(handler => Clicked += handler, handler => Clicked -= handler));

        Assert.Contains("an event", task.Explain(), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B139")]
    public void WhenRaised_Twice_TakesTheFirst()
    {
        BackgroundTask task = _window.Run(async task => _log.Add(await task.WhenRaisedAsync<string>(handler => Typed += handler, handler => Typed -= handler)));

        EventHandler<string> typed = Typed!;
        typed(this, "first");
        typed(this, "second");
        _loop.RunUntilEnded(task);

        Assert.Equal(["first"], _log);
    }
}
