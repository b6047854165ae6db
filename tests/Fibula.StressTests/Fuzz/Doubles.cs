using System.Reflection;
using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>What a program or an adapter derives from the types of the library that are made for that.</summary>
internal static class Doubles
{
    public static object Construct(ConstructorInfo constructor, object?[] arguments)
    {
        Type type = constructor.DeclaringType!;
        Type? @double = type switch
        {
            _ when type == typeof(ToolkitLoop) => typeof(FuzzLoop),
            _ when type == typeof(UiApp) => typeof(FuzzApp),
            _ when type == typeof(ViewScopes<FuzzView>) => typeof(FuzzScopes),
            _ when type == typeof(WindowClosing) => typeof(FuzzWindow),
            _ when type == typeof(LoopHost) => typeof(FuzzHost),
            _ when type == typeof(LoopWindow) => typeof(FuzzLoopWindow),
            _ when type == typeof(LoopView) => typeof(FuzzLoopView),
            _ when type == typeof(LoopPanel) => typeof(FuzzLoopPanel),
            _ when type == typeof(LoopDialog) => typeof(FuzzLoopDialog),
            _ => null,
        };
        return @double is null
            ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)
            : Activator.CreateInstance(@double, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
    }
}
