using Fibula.Diagnostics;

namespace Fibula.Forgotten.Tests;

/// <summary>Whose a forgotten task is.</summary>
public sealed class OwnerTests : IDisposable
{
    private readonly WindowLoop _loop = new();
    private readonly UiApp _app = new();
    private readonly Window _window = new("main window");

    public OwnerTests()
    {
        _app.Attach(_loop);
        _loop.Start();
        _loop.Turn();
    }

    // The scope of every live task of the app.
    private IEnumerable<string> Owners => Owning(_app.Tasks.Snapshot());

    public void Dispose() => _loop.End();

    [Fact, Trait("Behaviour", "B78")]
    public void Call_InAHandlerOfAWindow_BelongsToTheWindow()
    {
        _window.DropCall();

        Assert.Equal(["main window"], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void AsyncVoid_OfAWindow_BelongsToTheWindow()
    {
        _window.RunVoid();

        Assert.Equal(["main window"], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void Lambda_OfAWindow_BelongsToTheWindow()
    {
        _window.LambdaOverThis()();
        _window.LambdaOverMore(Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken))();

        Assert.Equal(["main window", "main window"], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void Call_InARunningTask_BelongsToTheScopeOfTheTask()
    {
        TaskScope dialog = _app.Tasks.CreateChild("dialog");

        dialog.Run(async () =>
        {
            await Task.CompletedTask;
            _window.DropCall();
        });

        Assert.Equal(["dialog"], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void Call_ToAStaticMethod_BelongsToTheApp()
    {
        _window.DropStaticCall();

        Assert.Equal([_app.Tasks.Name], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task Call_OnAnotherThread_BelongsToTheAppAndNotToTheWindow()
    {
        // A thread of its own: the pool might take that of the test, which is the UI thread.
        await Task.Factory.StartNew(_window.DropCall, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal([_app.Tasks.Name], Owners);
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task CloseAsync_OfTheWindow_NamesWhatWasForgottenInIt()
    {
        TaskScope? owner = null;
        _app.Tasks.TaskStarted += task => owner = task.Scope;
        _window.DropCall();

        Task<CloseReport> close = owner!.CloseAsync();
        while (!close.IsCompleted)
        {
            _loop.Turn();
        }

        Assert.Equal("WaitAsync", Assert.Single((await close).Abandoned).Name);
    }

    private static IEnumerable<string> Owning(ScopeSnapshot scope) =>
        scope.Tasks.Select(_ => scope.Name).Concat(scope.Children.SelectMany(Owning));
}
