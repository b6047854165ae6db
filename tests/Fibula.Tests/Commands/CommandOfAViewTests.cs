using Fibula.Toolkits;
using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>A command that was made from a view whose scope closes, and that is shown again.</summary>
public sealed class CommandOfAViewTests
{
    private readonly Testing.TestLoop _loop = new();
    private readonly UiApp _app;
    private readonly Views _views;
    private readonly View _dialog = new("dialog", isWindow: true);
    private readonly List<string> _raised = [];

    public CommandOfAViewTests()
    {
        _app = _loop.UseFibula(options => options.Name = "app");
        _loop.RunUntilIdle();
        _views = new Views(_loop);
    }

    [Theory, Trait("Behaviour", "B95")]
    [InlineData(1)]
    [InlineData(3)]
    public void Command_OfAViewThatComesBack_WorksAgain(int times)
    {
        TaskScope first = _views.Of(_dialog);
        var command = new TaskCommand(first, () => Task.CompletedTask);
        command.CanExecuteChanged += (_, _) => _raised.Add($"{command.CanExecute()}");

        for (int time = 0; time < times; time++)
        {
            _loop.RunUntilEnded(_views.CloseAsync(_dialog));
            _views.Renew(_dialog);
        }

        Assert.Equal([.. Enumerable.Repeat<string[]>(["False", "True"], times).SelectMany(each => each)], _raised);
        Assert.Equal(_views.Of(_dialog), command.Scope);
        Assert.NotEqual(first, command.Scope);
        Assert.Equal(Succeeded, command.ExecuteAsync().State);
    }

    [Fact, Trait("Behaviour", "B95")]
    public void Command_OfAViewInAWindowThatComesBack_BelongsToTheWindowsNewScope()
    {
        var panel = new View("panel", isWindow: false) { Parent = _dialog };
        _views.Of(_dialog);
        var command = new TaskCommand(_views.Of(panel), task => task.Delay(Timeout.InfiniteTimeSpan));
        _loop.RunUntilEnded(_views.CloseAsync(_dialog));

        _views.Renew(_dialog);
        BackgroundTask run = command.ExecuteAsync();
        Task close = _views.Of(_dialog).CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(Canceled, run.State);
        Assert.False(command.CanExecute());
    }

    [Fact, Trait("Behaviour", "B95")]
    public void Command_MadeFromAScopeKeptSinceBefore_WorksOnceTheViewHasANewOne()
    {
        TaskScope kept = _views.Of(_dialog);
        _loop.RunUntilEnded(_views.CloseAsync(_dialog));
        _views.Renew(_dialog);
        var before = new TaskCommand(kept, () => Task.CompletedTask);
        before.CanExecuteChanged += (_, _) => _raised.Add($"{before.CanExecute()}");

        TaskScope next = _views.Of(_dialog);
        var after = new TaskCommand(kept, () => Task.CompletedTask);

        Assert.Equal((next, next), (before.Scope, after.Scope));
        Assert.Equal((Succeeded, Succeeded), (before.ExecuteAsync().State, after.ExecuteAsync().State));
    }

    [Fact, Trait("Behaviour", "B95")]
    public void Command_WhoseRunOutlivedTheView_IsNotBusyWhenItComesBack()
    {
        _app.Tasks.CloseGrace = TimeSpan.Zero;
        var runs = new Queue<Task>([new TaskCompletionSource().Task, Task.CompletedTask]);
        var command = new TaskCommand(_views.Of(_dialog), () => runs.Dequeue());
        BackgroundTask deaf = command.ExecuteAsync();
        command.PropertyChanged += (_, e) => _raised.Add(e.PropertyName!);
        _loop.RunUntilEnded(_views.CloseAsync(_dialog));
        _raised.Clear();

        _views.Renew(_dialog);

        Assert.Equal(Canceling, deaf.State);
        Assert.Equal((false, true), (command.IsRunning, command.CanExecute()));
        Assert.Contains("IsRunning", _raised);
        Assert.Contains("Last", _raised);
        Assert.Equal(Succeeded, command.ExecuteAsync().State);
    }

    [Fact, Trait("Behaviour", "B95")]
    public void Command_WhoseSurvivorEndsAfterTheViewCameBack_DoesNotShowIt()
    {
        _app.Tasks.CloseGrace = TimeSpan.Zero;
        var release = new TaskCompletionSource();
        var command = new TaskCommand(_views.Of(_dialog), () => release.Task);
        BackgroundTask survivor = command.ExecuteAsync();
        _loop.RunUntilEnded(_views.CloseAsync(_dialog));
        _views.Renew(_dialog);
        command.PropertyChanged += (_, e) => _raised.Add(e.PropertyName!);

        release.SetResult();
        _loop.RunUntilEnded(survivor);
        _loop.RunUntilIdle();

        Assert.Null(command.LastSucceeded);
        Assert.Empty(_raised);
    }

    [Fact]
    public void Forget_WithoutACommand_MakesNoScope()
    {
        TaskScope first = _views.Of(_dialog);
        _loop.RunUntilEnded(_views.CloseAsync(_dialog));

        _views.Renew(_dialog);

        Assert.Empty(_views.ScopesIn(_dialog));
        Assert.NotEqual(first, _views.Of(_dialog));
    }

    private sealed class View(string name, bool isWindow)
    {
        public string Name => name;

        public bool IsWindow => isWindow;

        public View? Parent { get; init; }
    }

    private sealed class Views(ToolkitLoop loop) : ViewScopes<View>(loop)
    {
        public override string NameOf(View view) => view.Name;

        protected override View? ParentOf(View view) => view.Parent;

        protected override bool IsWindow(View view) => view.IsWindow;

        protected override void Watch(View view)
        {
        }
    }
}
