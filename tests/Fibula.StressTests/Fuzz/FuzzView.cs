using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fibula.StressTests.Fuzz;

/// <summary>A view of a toolkit that does not exist.</summary>
public sealed class FuzzView(string name, FuzzView? parent = null)
{
    /// <summary>That of an async method, as the compiler makes it.</summary>
    internal static Type StateMachine { get; } = typeof(FuzzView).GetMethod(nameof(LoadAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
        .GetCustomAttribute<AsyncStateMachineAttribute>()!.StateMachineType;

    public string Name => name;

    public FuzzView? Parent { get; set; } = parent;

    public bool IsWindow => Parent is null;

    public override string ToString() => Name;

    private async Task LoadAsync()
    {
        await Task.Yield();
        GC.KeepAlive(Name);
    }
}
