using Fibula.Testing;

namespace Fibula.Tests.Faults;

/// <summary>An <c>async void</c> method that awaits a task of a scope that closes, in a project that has not opted in.</summary>
public sealed class CanceledAsyncVoidTests : IDisposable
{
    private readonly string _name = $"app {Guid.NewGuid():N}";
    private readonly FibulaListener _listener = new("async void");
    private readonly List<TaskFault> _faults = [];

    public void Dispose() => _listener.Dispose();

    [Fact, Trait("Behaviour", "B90")]
    public void OnATestLoop_ItIsACancellationAndNoFault()
    {
        var loop = new TestLoop();
        UiApp app = loop.UseFibula(Configure);
        TaskScope second = app.Tasks.CreateChild("second");

        loop.Post(() => Click(second));
        loop.RunUntilIdle();
        loop.RunUntilEnded(second.CloseAsync());
        loop.RunUntilIdle();
        loop.End();

        Assert.Empty(_faults);
        Assert.Equal(["Scope 'second' was closed."], Canceled());
    }

    [Fact, Trait("Behaviour", "B90")]
    public void OnAManualLoop_ItIsACancellationAndNoFault()
    {
        var loop = new ManualLoop();
        UiApp app = loop.UseFibula(Configure);
        TaskScope second = app.Tasks.CreateChild("second");

        loop.Post(() =>
        {
            Click(second);
            second.CloseAsync();
            loop.Post(app.Exit);
        });
        while (loop.Pump())
        {
        }

        loop.End();

        Assert.Empty(_faults);
        Assert.Equal(["Scope 'second' was closed."], Canceled());
    }

    [Fact, Trait("Behaviour", "B90")]
    public void OnAnEventLoop_ItIsACancellationAndNoFault()
    {
        var app = new ClosingApp(_name);
        app.Tasks.Faulted += _faults.Add;

        app.Run(new EventLoop());

        Assert.Empty(_faults);
        Assert.Equal(["Scope 'second' was closed."], Canceled());
    }

    [Fact, Trait("Behaviour", "B90")]
    public void AfterTheEndOfTheLoop_ItDoesNotEndTheProcess()
    {
        var loop = new TestLoop();
        UiApp app = loop.UseFibula(Configure);
        loop.Post(() => Click(app.Tasks));
        loop.RunUntilIdle();

        loop.End();

        Assert.True(_listener.WaitFor("CallbackCanceled"));
        Assert.Equal([$"The UI loop of '{_name}' has ended."], Canceled());
    }

    [Fact, Trait("Behaviour", "B55"), Trait("Behaviour", "B90")]
    public void AnotherCancellation_IsAFaultStill()
    {
        var loop = new TestLoop();
        loop.UseFibula(Configure);

        loop.Post(Cancel);
        loop.RunUntilIdle();
        loop.End();

        Assert.IsType<OperationCanceledException>(Assert.Single(_faults).Exception);

        static async void Cancel()
        {
            await Task.Yield();
            throw new OperationCanceledException();
        }
    }

    private static async void Click(TaskScope second) => await second.Run(task => task.Delay(TimeSpan.FromHours(1)));

    private void Configure(UiAppOptions options)
    {
        options.Name = _name;
        options.OnFault = fault =>
        {
            fault.Handled = true;
            _faults.Add(fault);
        };
    }

    private IEnumerable<object?> Canceled() => _listener.Of("CallbackCanceled").Where(written => Equals(written[1], _name)).Select(written => written[2]);

    private sealed class ClosingApp(string name) : UiApp(name)
    {
        protected override async Task OnRunningAsync()
        {
            TaskScope second = Tasks.CreateChild("second");
            Post(() => Click(second));
            await Task.Yield();
            await second.CloseAsync();
            Exit();
        }
    }
}
