using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>A lambda is named after the class it is written in, whatever the file is called.</summary>
public sealed class LambdaNameTests
{
    private readonly TaskScope _scope = new(StartedLoop.Create(), "window");

    [Fact]
    public void Name_OfALambda_HasTheClassItIsWrittenIn()
    {
        var login = new Login(_scope);

        Assert.Equal("Login.ctor", login.InTheConstructor.Name);
        Assert.Equal("Login.Plain", login.Plain().Name);
        Assert.Equal("Login.WithVariables", login.WithVariables(1).Name);
        Assert.Equal("Login.WithThis", login.WithThis().Name);
        Assert.Equal("Login.WithBoth", login.WithBoth(1).Name);
        Assert.Equal("Login.InAProperty", login.InAProperty.Name);
        Assert.Equal("Login.InALocalFunction", login.InALocalFunction().Name);
        Assert.Equal("Login.Explicit", ((IExplicit)login).Explicit().Name);
        Assert.Equal("Login.OnThePool", login.OnThePool().Name);
        Assert.Equal("Cache.Read", new Cache<int>().Read(_scope).Name);
        Assert.Equal("Cache.ReadAs", new Cache<int>().ReadAs<string>(_scope).Name);
    }

    [Fact]
    public void Name_OfALambdaInABaseClass_HasTheBaseClass()
    {
        Assert.Equal("Login.WithThis", new DerivedLogin(_scope).WithThis().Name);
        Assert.Equal("DerivedLogin.Own", new DerivedLogin(_scope).Own().Name);
    }

    [Fact]
    public void Name_OfALambdaThatIsWrapped_HasTheClassItIsWrittenIn()
    {
        var login = new Login(_scope);

        Assert.Equal("Login.Every", login.Every().Name);
        Assert.Equal("Login.Shown", login.Shown().Name);
        Assert.Equal("Login.Ready", login.Ready().Name);
        Assert.Equal("Login.Command", login.Command().Name);
        Assert.Equal("Login.Child", login.Child().Name);
    }

    [Fact]
    public void Name_OfACommandWhoseWorkIsAVariable_IsThatOfTheMethodInIt()
    {
        Func<Task> work = Login.StaticAsync;

        Assert.Equal("StaticAsync", new TaskCommand(_scope, work).Name);
    }

    [Fact]
    public void Name_OfALambdaFromElsewhere_IsTheCallingMember()
    {
        Func<Task>[] works = [Login.Made(), new Login(_scope).InstanceAsync];

        Assert.Equal("LambdaNameTests.Name_OfALambdaFromElsewhere_IsTheCallingMember", _scope.Run(works[0]).Name);
        Assert.Equal("LambdaNameTests.Name_OfALambdaFromElsewhere_IsTheCallingMember", _scope.Run(works[1]).Name);
    }

    private interface IExplicit
    {
        BackgroundTask Explicit();
    }

    private sealed class DerivedLogin(TaskScope scope) : Login(scope)
    {
        public BackgroundTask Own() => Tasks.Run(() => Task.FromResult(this));
    }

    private sealed class Cache<T>
    {
        public BackgroundTask Read(TaskScope scope) => scope.Run(() => Task.FromResult(typeof(T)));

        public BackgroundTask ReadAs<TOther>(TaskScope scope) => scope.Run(() => Task.FromResult((this, typeof(TOther))));
    }

    private class Login : IExplicit
    {
        public Login(TaskScope scope)
        {
            Tasks = scope;
            InTheConstructor = scope.Run(() => Task.FromResult(scope));
        }

        public BackgroundTask InTheConstructor { get; }

        public BackgroundTask InAProperty => Tasks.Run(() => Task.CompletedTask);

        protected TaskScope Tasks { get; }

        public static Task StaticAsync() => Task.CompletedTask;

        public static Func<Task> Made() => () => Task.CompletedTask;

        public Task InstanceAsync() => Task.FromResult(this);

        public BackgroundTask Plain() => Tasks.Run(static () => Task.CompletedTask);

        public BackgroundTask WithVariables(int number) => Tasks.Run(async task => await Task.FromResult((task, number)));

        public BackgroundTask WithThis() => Tasks.Run(() => Task.FromResult(Tasks));

        public BackgroundTask WithBoth(int number) => Tasks.Run(() => Task.FromResult((Tasks, number)));

        public BackgroundTask OnThePool() => Tasks.RunOnThreadPool(() => 42);

        public BackgroundTask InALocalFunction()
        {
            return Local();

            BackgroundTask Local() => Tasks.Run(() => Task.CompletedTask);
        }

        public BackgroundTask Every() => Tasks.RunEvery(TimeSpan.FromHours(1), () => Task.FromResult(Tasks));

        public BackgroundTask Shown() => Tasks.RunWhileShown(task => Task.FromResult(task));

        public BackgroundTask Ready()
        {
            BackgroundTask? started = null;
            Tasks.TaskStarted += task => started = task;
            _ = Tasks.StartAsync<int>((_, ready) =>
            {
                ready(1);
                return Task.CompletedTask;
            });
            return started!;
        }

        public TaskCommand Command() => new(Tasks, () => Task.CompletedTask);

        public BackgroundTask Child()
        {
            BackgroundTask? child = null;
            Tasks.Run(task =>
            {
                child = task.Run(() => Task.CompletedTask);
                return Task.CompletedTask;
            });
            return child!;
        }

        BackgroundTask IExplicit.Explicit() => Tasks.Run(() => Task.CompletedTask);
    }
}
