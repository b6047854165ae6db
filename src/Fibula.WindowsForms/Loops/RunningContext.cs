using System.Reflection;
using System.Windows.Forms;

namespace Fibula;

/// <summary>The context that the calling thread's <see cref="Application.Run(ApplicationContext)"/> was given. The toolkit knows it and tells nobody; a
/// later version may have no such member.</summary>
internal static class RunningContext
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type? Thread = typeof(Application).GetNestedType("ThreadContext", Any);
    private static readonly MethodInfo? OfThisThread = Thread?.GetMethod("FromCurrent", Any, []);
    private static readonly PropertyInfo? Context = Thread?.GetProperty("ApplicationContext", Any);

    /// <summary>The context of the calling thread's message loop; null outside one.</summary>
    public static ApplicationContext? Current =>
        Context is not null && OfThisThread?.Invoke(null, null) is { } thread ? Context.GetValue(thread) as ApplicationContext : null;
}
