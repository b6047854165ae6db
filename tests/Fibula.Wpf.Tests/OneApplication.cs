using System.Runtime.CompilerServices;
using System.Windows;

namespace Fibula.Wpf.Tests;

/// <summary>WPF has one application per process, and remembers that there was one: each test gets one as if it had a process to itself.</summary>
internal static class OneApplication
{
    public static Application Make() => Make<Application>();

    public static Application Make<T>()
        where T : Application, new()
    {
        WasCreated(null) = false;
        Instance(null) = null;
        IsShuttingDown(null) = false;
        return new T();
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_appCreatedInThisAppDomain")]
    private static extern ref bool WasCreated(Application? application);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_appInstance")]
    private static extern ref Application? Instance(Application? application);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_isShuttingDown")]
    private static extern ref bool IsShuttingDown(Application? application);
}
