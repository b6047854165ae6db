using System.Reflection;

namespace Fibula.Forgotten.Tests;

/// <summary>A call whose task is dropped, in a project that has opted in.</summary>
public sealed class DiscardedCallTests : IDisposable
{
    private readonly Ui _ui = new();

    public static TheoryData<string> AllShapes =>
        [.. typeof(Shapes).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(method => method.Name)];

    public void Dispose() => _ui.Dispose();

    [Theory, MemberData(nameof(AllShapes)), Trait("Behaviour", "B22"), Trait("Behaviour", "B45")]
    public void Call_ThatFails_IsAFaultWithTheLineOfTheCall(string shape)
    {
        var shapes = new Shapes();
        int line = 0;

        _ui.Handle(() => line = (int)typeof(Shapes).GetMethod(shape)!.Invoke(shapes, null)!);

        TaskFault fault = Assert.Single(_ui.Faults);
        Assert.IsType<TestException>(fault.Exception);
        Assert.Equal(line, fault.LineNumber);
        Assert.StartsWith("F", fault.Name, StringComparison.OrdinalIgnoreCase);
    }
}
