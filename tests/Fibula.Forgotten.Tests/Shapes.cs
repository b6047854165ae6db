using System.Runtime.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>Every way to drop a task. Each method drops one and returns the line it does so on.</summary>
internal sealed class Shapes
{
    private readonly Generic<int> _generic = new();
    private readonly IService _service = new Service();
    private Point _point;

    public int Statement() { FailAsync(); return Line(); }

    public int Discard() { _ = FailAsync(); return Line(); }

    public int Parentheses() { _ = (FailAsync())!; return Line(); }

    public int ConfigureAwait() { FailAsync().ConfigureAwait(false); return Line(); }

    public int ConfigureAwaitOfAValueTask() { _ = FailValueAsync().ConfigureAwait(false); return Line(); }

    public int Condition() { _ = _generic is null ? Task.CompletedTask : FailAsync(); return Line(); }

    public int Coalesce() { Task? known = null; _ = known ?? FailAsync(); return Line(); }

    public int Cast() { _ = (Task)FailAsync<string>(); return Line(); }

    public int Checked() { _ = checked(FailAsync()); return Line(); }

    public int SwitchExpression() { _ = _generic switch { null => Task.CompletedTask, _ => FailAsync() }; return Line(); }

    public int Tuple() { (_, _) = (1, FailAsync()); return Line(); }

    public int OnCompleted() { FailAsync().GetAwaiter().OnCompleted(() => { }); return Line(); }

    public int OfThis() { _ = this.FailAsync(); return Line(); }

    public int ConditionalAccess() { Shapes? known = this; known?.FailAsync(); return Line(); }

    public int ConditionalChain() { Shapes? known = this; known?._service.FailAsync(); return Line(); }

    public int Lambda() { Run(() => FailAsync()); return Line(); }

    public int UnderscoreThatIsAParameter() { Handle((_, e) => { _ = FailAsync(); }); return Line(); }

    public int UnderscoreThatIsAParameterForAValueTask() { Handle((_, e) => _ = FailValueAsync()); return Line(); }

    public int ExpressionBody() { Fail(); return LineOfFail; }

    public int Setter() { Failing = true; return LineOfSetter; }

    public int ForIncrementor() { for (int i = 0; i < 1; i++, FailAsync()) { } return Line(); }

    public int WithResult() { _ = FailAsync<string>(); return Line(); }

    public int NameOfMethodsThatGiveNoTask() { Flush(); return Line(); }

    public int OfTheFramework() { _ = Task.FromException(new TestException()); return Line(); }

    public int ValueTask() { _ = FailValueAsync(); return Line(); }

    public int ValueTaskWithResult() { _ = FailValueAsync<int>(1); return Line(); }

    public int Interface() { _ = _service.FailAsync(); return Line(); }

    public int Extension() { _ = _service.FailFromOutsideAsync(1); return Line(); }

    public int ExtensionAsStatic() { _ = ServiceExtensions.FailFromOutsideAsync(_service, 1); return Line(); }

    public int PrivateStatic() { _ = FailStaticAsync(); return Line(); }

    public int PrivateInStaticClass() => Static.DropPrivate();

    public int GenericType() { _ = _generic.FailAsync("", 1); return Line(); }

    public int PrivateInGenericType() => _generic.DropPrivate();

    public int Struct() { _ = _point.FailAsync(); return Line(); }

    public int PrivateInStruct() => _point.DropPrivate();

    public int ReferenceArguments() { int one = 1; string text = ""; _ = FailAsync(ref one, in one, out text); return one == 2 ? Line() : 0; }

    public int Params() { _ = FailParamsAsync("", 1, 2, 3); return Line(); }

    public int OptionalAndNamed() { _ = FailOptionalAsync(second: 2); return Line(); }

    public int ThrownAtOnce() { _ = System.Threading.Tasks.Task.FromException(new TestException()); return Line(); }

    public int TypeParameter() { _ = FGive(FailAsync()); return Line(); }

    public int TypeParameterForAValueTask() { FMake(FailValueAsync); return Line(); }

    public int TypeParameterForAValueTaskWithResult() { FMake(FailValueAsync<int>, 1); return Line(); }

    public int TypeParameterOfAType() { new Box<Task>(FailAsync()).FOpen(); return Line(); }

    public int TypeParameterWithConstraints() { _ = new Box<Task>(FailAsync()).FOpenAs<Task>(); return Line(); }

    public int TypeParameterOfTheCaller() => DropOf("");

    public int ReadonlyStruct() { new Place().FailAsync(); return Line(); }

    public int PrivateInReadonlyStruct() => new Place().DropPrivate();

    public int ExtensionBlock() { "".FailInABlockAsync(1); return Line(); }

    public int ExtensionBlockOfATypeParameter() { new List<int>().FailInABlockOfAsync(""); return Line(); }

    public int ExtensionBlockStatic() { string.FailOfAllAsync(); return Line(); }

    public int Dynamic() { FailDynamicallyAsync(1); return Line(); }

    public int NestedGenericType() { new Around<int>.Inner<string>().FailAsync(1, "", 2.0); return Line(); }

    public int PrivateInNestedGenericType() => new Around<int>.Inner<string>().DropPrivate();

    [Obsolete]
    public int Obsolete() { FailAsBeforeAsync(); return Line(); }

    private static int LineOfFail => 159;

    private Task Flush() => FailAsync();

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static void Run(Action action) => action();

    private static void Handle(EventHandler handler) => handler(null, EventArgs.Empty);

    private static T FGive<T>(T task)
        where T : notnull => task;

    private static int DropOf<T>(T value) { FGive(FailAsync(value)); return Line(); }

    private static async Task<T> FailAsync<T>(T value)
    {
        await ThrowAsync();
        return value;
    }

    [Obsolete("Never.", error: true)]
    private static Task FailAsBeforeAsync() => ThrowAsync();

    private static Task FailDynamicallyAsync(dynamic any) => any == 1 ? ThrowAsync() : Task.CompletedTask;

    private static T FMake<T>(Func<T> make) => make();

    private static TOther FMake<T, TOther>(Func<T, TOther> make, T value) => make(value);

    private static async Task FailStaticAsync() => await ThrowAsync();

    internal static async Task ThrowAsync()
    {
        await Task.Yield();
        throw new TestException();
    }

    private void Fail() => FailAsync();

    private async Task FailAsync() => await ThrowAsync();

    private async Task<T?> FailAsync<T>()
        where T : class
    {
        await ThrowAsync();
        return null;
    }

    private async ValueTask FailValueAsync() => await ThrowAsync();

    private async ValueTask<T> FailValueAsync<T>(T value)
    {
        await ThrowAsync();
        return value;
    }

    private Task FailAsync(ref int number, in int same, out string text)
    {
        number++;
        text = same.ToString();
        return ThrowAsync();
    }

    private async Task FailParamsAsync(string text, params int[] numbers) => await (text.Length + numbers.Length == 3 ? ThrowAsync() : Task.CompletedTask);

    private async Task FailOptionalAsync(int first = 1, int second = 0) => await (first + second == 3 ? ThrowAsync() : Task.CompletedTask);

    private bool Failing { set => FailAsync(); }

    private static int LineOfSetter => 189;
}
