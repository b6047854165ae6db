using Fibula.Testing;

namespace Fibula.Tests.Tasks;

public sealed class TaskNameTests
{
    private readonly TaskScope _scope = new(new TestLoop(), "window");
    private readonly string _nameInConstructor;

    public TaskNameTests()
    {
        _nameInConstructor = _scope.Run(() => Task.CompletedTask).Name;
    }

    [Fact]
    public void Name_Given_IsThat()
    {
        Assert.Equal("Import photos", _scope.Run(LoadAsync, new TaskOptions { Name = "Import photos" }).Name);
    }

    [Fact, Trait("Behaviour", "B72")]
    public void Name_Empty_IsRefused()
    {
        var options = new TaskOptions { Name = "Import photos" };

        Assert.Throws<ArgumentException>("value", () => options.Name = string.Empty);
        Assert.Throws<ArgumentException>("value", () => new TaskCommand(_scope, LoadAsync) { Name = string.Empty });
        Assert.Throws<ArgumentNullException>("value", () => new TaskCommand(_scope, LoadAsync) { Name = null! });
        options.Name = null;

        Assert.Equal("LoadAsync", _scope.Run(LoadAsync, options).Name);
    }

    [Fact, Trait("Behaviour", "B72")]
    public void Name_WhereTheCallHasNone_IsUnnamed()
    {
        BackgroundTask task = _scope.Run(() => Task.CompletedTask, expression: string.Empty, member: string.Empty, file: string.Empty);

        Assert.Equal("unnamed", task.Name);
    }

    [Fact]
    public void Name_OfAMethodGroup_IsTheMethod()
    {
        var library = new Library();

        Assert.Equal("LoadAsync", _scope.Run(LoadAsync).Name);
        Assert.Equal("LoadAsync", _scope.RunOnThreadPool(LoadAsync).Name);
        Assert.Equal("LoadAsync", _scope.Run(TaskNameTests.LoadAsync).Name);
        Assert.Equal("OpenAsync", _scope.Run(library.OpenAsync).Name);
        Assert.Equal("WithTokenAsync", _scope.Run(WithTokenAsync).Name);
    }

    [Fact]
    public void Name_OfAGenericMethodGroup_IsTheMethodWithoutItsArguments()
    {
        Assert.Equal("ParseAsync", _scope.Run(ParseAsync<int>).Name);
        Assert.Equal("ReadAsync", _scope.Run(Cache<int>.ReadAsync).Name);
        Assert.Equal("ReadAsAsync", _scope.Run(Cache<Dictionary<string, int[]>>.ReadAsAsync<List<string>>).Name);
    }

    [Fact]
    public void Name_OfALambda_IsTheCallingMember()
    {
        const string Member = "TaskNameTests.Name_OfALambda_IsTheCallingMember";
        BackgroundTask anonymous = _scope.Run(delegate ()
        {
            return LoadAsync();
        });

        Assert.Equal(Member, anonymous.Name);
        Assert.Equal(Member, _scope.Run(() => LoadAsync()).Name);
        Assert.Equal(Member, _scope.Run(async task => await task.Delay(TimeSpan.FromSeconds(1))).Name);
        Assert.Equal(Member, _scope.Run(static async (CancellationToken token) => await WithTokenAsync(token)).Name);
        Assert.Equal(Member, _scope.Run(x => ParseAsync<int>()).Name);
    }

    [Fact]
    public void Name_OfAVariable_IsThatOfTheMethodInIt()
    {
        Func<Task> work = LoadAsync;
        Func<Task> lambda = () => LoadAsync();

        Assert.Equal("LoadAsync", _scope.Run(work).Name);
        Assert.Equal("TaskNameTests.Name_OfAVariable_IsThatOfTheMethodInIt", _scope.Run(lambda).Name);
    }

    [Fact]
    public void Name_OfAnotherExpression_IsTheCallingMember()
    {
        Func<Task>[] works = [LoadAsync];

        Assert.Equal("TaskNameTests.Name_OfAnotherExpression_IsTheCallingMember", _scope.Run(works[0]).Name);
    }

    [Fact]
    public void Name_OfAChild_FollowsTheSameRule()
    {
        string? child = null;

        _scope.Run(
            task =>
            {
                child = task.Run(LoadAsync).Name;
                return Task.CompletedTask;
            });
        ((TestLoop)_scope.Loop!).RunUntilIdle();

        Assert.Equal("LoadAsync", child);
    }

    [Fact]
    public void Name_InAConstructor_IsTheTypeAndCtor()
    {
        Assert.Equal("TaskNameTests.ctor", _nameInConstructor);
    }

    [Fact, Trait("Behaviour", "B136")]
    public void Name_InTopLevelStatements_IsTheFileAndTheLine()
    {
        Assert.Equal("Program:12", NameAt("<Main>$", "/src/app/Program.cs", line: 12));
        Assert.Equal("Program.Main", NameAt("<Main>$", "/src/app/Program.cs", line: 0));
    }

    [Theory]
    [InlineData("/home/me/app/MainWindow.xaml.cs")]
    [InlineData(@"C:\app\MainWindow.axaml.cs")]
    [InlineData("MainWindow.cs")]
    [InlineData("/app/MainWindow{T}.cs")]
    public void Name_OfACallInAFile_HasTheTypeTheFileIsNamedAfter(string file)
    {
        Assert.Equal("MainWindow.Save_Click", NameAt("Save_Click", file));
    }

    [Fact]
    public void Name_OfAnOwnedCall_IsTheMethodThatWasCalled()
    {
        Task running = LoadAsync();

        Assert.Equal("LoadAsync", _scope.Own(LoadAsync()).Name);
        Assert.Equal("TaskNameTests.Name_OfAnOwnedCall_IsTheMethodThatWasCalled", _scope.Own(running).Name);
    }

    private string NameAt(string member, string file, int line = 1) => _scope.Run(() => LoadAsync(), null, "() => LoadAsync()", member, file, line).Name;

    private static Task LoadAsync() => Task.CompletedTask;

    private static Task WithTokenAsync(CancellationToken token) => Task.FromResult(token);

    private static Task<string> ParseAsync<T>() => Task.FromResult(typeof(T).Name);

    private static class Cache<T>
    {
        public static Task ReadAsync() => Task.FromResult(typeof(T));

        public static Task ReadAsAsync<TOther>(TaskContext task) => Task.FromResult((typeof(T), typeof(TOther), task));
    }

    private sealed class Library
    {
        public Task OpenAsync(TaskContext task) => task.Delay(TimeSpan.FromSeconds(1));
    }
}
